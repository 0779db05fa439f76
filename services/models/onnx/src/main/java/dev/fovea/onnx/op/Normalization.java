package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;

/// Operators that shift and scale channels to a wanted mean and variance.
public final class Normalization {

    private Normalization() {}

    /// `(x - mean) / sqrt(variance + epsilon) * scale + bias`, channel by channel, with stored statistics
    /// (inference).
    ///
    /// **Shape:** (N, C, ...) and four times (C).
    ///
    /// @throws IllegalArgumentException if a parameter has not one number of the same type per channel
    public static Value batchNorm(Value x, Value scale, Value bias, Value mean, Value variance, float epsilon) {
        List<Value> parameters = List.of(scale, bias, mean, variance);
        requirePerChannel("BatchNormalization", x, 2, parameters);
        return x.graph()
                .node(
                        "BatchNormalization",
                        List.of(x, scale, bias, mean, variance),
                        Map.of("epsilon", Attribute.of(epsilon)),
                        x.type(),
                        x.shape());
    }

    /// As [#batchNorm], with mean and variance of each channel of each item.
    ///
    /// **Shape:** (N, C, D...) with at least one D, and two times (C).
    ///
    /// @throws IllegalArgumentException if a parameter has not one number of the same type per channel
    public static Value instanceNorm(Value x, Value scale, Value bias, float epsilon) {
        requirePerChannel("InstanceNormalization", x, 3, List.of(scale, bias));
        return x.graph()
                .node(
                        "InstanceNormalization",
                        List.of(x, scale, bias),
                        Map.of("epsilon", Attribute.of(epsilon)),
                        x.type(),
                        x.shape());
    }

    private static void requirePerChannel(String operator, Value x, int rank, List<Value> parameters) {
        for (Value parameter : parameters) {
            boolean fits = x.shape().rank() >= rank
                    && x.type().isFloat()
                    && parameter.type() == x.type()
                    && parameter.shape().equals(Shape.of(x.shape().dim(1)));
            if (!fits) {
                throw new IllegalArgumentException(operator + ": " + parameter
                        + " does not give one number of the same type for each channel of " + x);
            }
        }
    }
}
