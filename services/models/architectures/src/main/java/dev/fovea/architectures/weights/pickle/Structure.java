package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Entries;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import java.util.IdentityHashMap;

/// Refuses a pickle whose containers hold themselves or nest too deep, so that every later walk ends.
final class Structure {

    static final int MAX_NESTING = 100;

    private final Cursor cursor;
    private final IdentityHashMap<PickleValue, Boolean> finished =
            new IdentityHashMap<>(); // false while it is being walked

    private Structure(Cursor cursor) {
        this.cursor = cursor;
    }

    static void requireBounded(PickleValue root, Cursor cursor) {
        new Structure(cursor).walk(root, 0);
    }

    private void walk(PickleValue value, int depth) {
        switch (value) {
            case Items items -> walk(items, items.values(), depth);
            case Entries entries -> walk(entries, entries.content(), depth);
            case PickleValue leaf -> {}
        }
    }

    private void walk(PickleValue container, Iterable<PickleValue> content, int depth) {
        if (depth > MAX_NESTING) {
            throw cursor.error("containers nest deeper than " + MAX_NESTING);
        }
        Boolean known = finished.putIfAbsent(container, false);
        if (known == null) {
            content.forEach(inner -> walk(inner, depth + 1));
            finished.put(container, true);
        } else if (!known) {
            throw cursor.error("a container holds itself");
        }
    }
}
