package dev.fovea.architectures.weights.pickle;

import java.util.HashMap;
import java.util.Map;

/// The values that a pickle mentions again by number.
final class Memo {

    static final int MAX_ENTRIES = 500_000;

    private final Cursor cursor;
    private final Map<Long, PickleValue> values = new HashMap<>();

    Memo(Cursor cursor) {
        this.cursor = cursor;
    }

    void put(long number, PickleValue value) {
        values.put(number, value);
        if (values.size() > MAX_ENTRIES) {
            throw cursor.error("more than " + MAX_ENTRIES + " memo entries");
        }
    }

    /// Under the next number (protocol 4).
    void append(PickleValue value) {
        put(values.size(), value);
    }

    PickleValue get(long number) {
        PickleValue value = values.get(number);
        if (value == null) {
            throw cursor.error("memo entry " + number + " was never set");
        }
        return value;
    }
}
