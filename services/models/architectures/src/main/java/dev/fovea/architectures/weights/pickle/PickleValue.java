package dev.fovea.architectures.weights.pickle;

import dev.fovea.architectures.weights.bytes.ElementFormat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a pickle can hold here. Containers may hold themselves until [Structure] has refused that.
public sealed interface PickleValue {

    Nothing NOTHING = new Nothing();

    /// Python's `None`.
    record Nothing() implements PickleValue {}

    /// An integer, or a truth value as 0 or 1.
    record Whole(long value) implements PickleValue {}

    /// An integer beyond 64 bits.
    record Huge(BigInteger value) implements PickleValue {}

    record Text(String value) implements PickleValue {}

    /// Training state that no network needs: known to be harmless, its content is dropped.
    ///
    /// @param what for a message
    record Opaque(String what) implements PickleValue {}

    /// A name on the list of constructors, not yet called.
    record Callable(Constructor constructor) implements PickleValue {}

    /// A reference to numbers that lie outside the pickle.
    ///
    /// @param key of the numbers in the file
    /// @param stored elements under that key
    /// @param start first element of this view of them
    /// @param elements of this view
    record Storage(String key, ElementFormat format, long stored, long start, long elements) implements PickleValue {}

    /// A tensor as the pickle declares it, unchecked.
    ///
    /// @param offset in elements from the storage's start
    /// @param strides in elements
    record Tensor(Storage storage, long offset, List<Long> sizes, List<Long> strides) implements PickleValue {

        public Tensor {
            sizes = List.copyOf(sizes);
            strides = List.copyOf(strides);
        }
    }

    /// A list or a tuple. Owned by the thread that reads the pickle.
    final class Items implements PickleValue {

        private final List<PickleValue> values;

        Items(List<PickleValue> values) {
            this.values = new ArrayList<>(values);
        }

        public List<PickleValue> values() {
            return Collections.unmodifiableList(values);
        }

        void add(PickleValue value) {
            values.add(value);
        }
    }

    /// A dictionary. Owned by the thread that reads the pickle.
    final class Entries implements PickleValue {

        private final Map<String, PickleValue> named = new LinkedHashMap<>();
        private List<PickleValue> others = List.of(); // replaced when there are any: most dictionaries have none

        /// The values whose key is a text, in the file's order.
        public Map<String, PickleValue> named() {
            return Collections.unmodifiableMap(named);
        }

        /// All values: under texts, under other keys, and attributes of the dictionary itself.
        Iterable<PickleValue> content() {
            return () -> Stream.concat(named.values().stream(), others.stream()).iterator();
        }

        /// @return the text of a key that was there already
        Optional<String> put(PickleValue key, PickleValue value) {
            if (key instanceof Text(String name)) {
                return named.putIfAbsent(name, value) == null ? Optional.empty() : Optional.of(name);
            }
            attach(value);
            return Optional.empty();
        }

        void attach(PickleValue attribute) {
            others = others.isEmpty() ? new ArrayList<>() : others;
            others.add(attribute);
        }
    }
}
