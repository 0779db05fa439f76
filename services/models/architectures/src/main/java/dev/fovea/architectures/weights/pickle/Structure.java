package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import java.util.IdentityHashMap;

/// Refuses a pickle whose containers hold themselves or nest too deep, so that every later walk ends.
final class Structure {

    static final int MAX_NESTING = 100;

    private static final int IN_PROGRESS = -1;

    private final Cursor cursor;
    private final IdentityHashMap<PickleValue, Integer> heights = new IdentityHashMap<>(); // of containers

    private Structure(Cursor cursor) {
        this.cursor = cursor;
    }

    static void requireBounded(PickleValue root, Cursor cursor) {
        new Structure(cursor).height(root, 0);
    }

    /// Containers on the longest way down from a value.
    private int height(PickleValue value, int depth) {
        return switch (value) {
            case Items items -> height(items, items.values(), depth);
            case Entries entries -> height(entries, entries.content(), depth);
            case PickleValue leaf -> 0;
        };
    }

    private int height(PickleValue container, Iterable<PickleValue> content, int depth) {
        requireNesting(depth);
        Integer known = heights.putIfAbsent(container, IN_PROGRESS);
        if (known == null) {
            int inside = 0;
            for (PickleValue inner : content) {
                inside = Math.max(inside, height(inner, depth + 1));
            }
            heights.put(container, inside + 1);
            return inside + 1;
        }
        if (known == IN_PROGRESS) {
            throw cursor.error("a container holds itself");
        }
        requireNesting(depth + known - 1); // it may have been met first near the root
        return known;
    }

    private void requireNesting(int depth) {
        if (depth > MAX_NESTING) {
            throw cursor.error("containers nest deeper than " + MAX_NESTING);
        }
    }
}
