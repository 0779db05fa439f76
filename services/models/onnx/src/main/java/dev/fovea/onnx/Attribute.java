package dev.fovea.onnx;

import java.util.Arrays;
import java.util.List;

/// A constant setting of an operator.
public sealed interface Attribute {

    static Attribute of(long value) {
        return new WholeNumber(value);
    }

    static Attribute of(float value) {
        return new Real(value);
    }

    static Attribute of(String value) {
        return new Text(value);
    }

    static Attribute ofAll(long... values) {
        return new WholeNumbers(Arrays.stream(values).boxed().toList());
    }

    /// ONNX INT.
    record WholeNumber(long value) implements Attribute {}

    /// ONNX FLOAT.
    record Real(float value) implements Attribute {}

    /// ONNX STRING.
    record Text(String value) implements Attribute {}

    /// ONNX INTS.
    record WholeNumbers(List<Long> values) implements Attribute {

        public WholeNumbers {
            values = List.copyOf(values);
        }
    }
}
