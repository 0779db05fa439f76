package dev.fovea.onnx.shape;

/// One dimension of a shape: a known size, or a name for a size that is known only when the graph runs.
public sealed interface Dim {

    static Dim of(long size) {
        return new Fixed(size);
    }

    static Dim named(String name) {
        return new Named(name);
    }

    /// @param size at least 0
    record Fixed(long size) implements Dim {

        /// @throws IllegalArgumentException if the size is negative
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("dimension " + size + " is below 0");
            }
        }

        @Override
        public String toString() {
            return String.valueOf(size);
        }
    }

    /// Two dimensions of the same name have the same size; of different names nothing is known.
    record Named(String name) implements Dim {

        /// @throws IllegalArgumentException if the name is blank
        public Named {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an unknown dimension needs a name");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
