package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.pickle.PickleValue.Callable;
import dev.fovea.architectures.weights.pickle.PickleValue.Items;
import dev.fovea.architectures.weights.pickle.PickleValue.Text;
import java.util.ArrayList;
import java.util.List;

/// The interpreter's stack, with the marks that opened groups of values.
final class ValueStack {

    static final int MAX_DEPTH = 200_000;
    static final int MAX_MARKS = 200;

    private final Cursor cursor;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();

    ValueStack(Cursor cursor) {
        this.cursor = cursor;
    }

    void push(PickleValue value) {
        if (values.size() == MAX_DEPTH) {
            throw cursor.error("more than " + MAX_DEPTH + " values on the stack");
        }
        values.add(value);
    }

    PickleValue pop() {
        PickleValue top = peek();
        values.removeLast();
        return top;
    }

    PickleValue peek() {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (values.size() <= floor) {
            throw cursor.error("nothing on the stack");
        }
        return values.getLast();
    }

    void mark() {
        if (marks.size() == MAX_MARKS) {
            throw cursor.error("more than " + MAX_MARKS + " groups nested");
        }
        marks.add(values.size());
    }

    /// All values above the last mark, which goes too.
    List<PickleValue> popGroup() {
        if (marks.isEmpty()) {
            throw cursor.error("no group is open");
        }
        List<PickleValue> group = values.subList(marks.removeLast(), values.size());
        List<PickleValue> copy = List.copyOf(group);
        group.clear();
        return copy;
    }

    /// The top values, the deepest first.
    List<PickleValue> pop(int count) {
        List<PickleValue> popped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            popped.add(pop());
        }
        return popped.reversed();
    }

    Items popItems(String role) {
        if (pop() instanceof Items items) {
            return items;
        }
        throw cursor.error(role + " is no list or tuple");
    }

    String popText(String role) {
        if (pop() instanceof Text(String text)) {
            return text;
        }
        throw cursor.error(role + " is no text");
    }

    Constructor popCallable(String role) {
        if (pop() instanceof Callable(Constructor constructor)) {
            return constructor;
        }
        throw cursor.error(role + " is no constructor");
    }
}
