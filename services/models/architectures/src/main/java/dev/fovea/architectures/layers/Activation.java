package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;

/// A function of each element alone. Source: the PyTorch modules of the same names.
///
/// **Shape:** any to the same.
public enum Activation {
    /// `x`. **Range:** unbounded.
    IDENTITY,
    /// `max(x, 0)`. **Range:** at least 0.
    RELU,
    /// `min(max(x, 0), 6)`. **Range:** 0 to 6.
    RELU6,
    /// Hyperbolic tangent. **Range:** -1 to 1.
    TANH,
    /// `ln(1 + e^x)`. **Range:** above 0.
    SOFTPLUS;

    public Value apply(Value x) {
        return switch (this) {
            case IDENTITY -> x;
            case RELU -> Elementwise.relu(x);
            case RELU6 -> Elementwise.clip(x, 0, 6);
            case TANH -> Elementwise.tanh(x);
            case SOFTPLUS -> Elementwise.softplus(x);
        };
    }
}
