package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;

/// `sign(x) sqrt(|x| + epsilon)`, which damps bursts.
///
/// Source: Lin et al., "Bilinear CNN Models for Fine-grained Visual Recognition", ICCV 2015, section 3.
///
/// **Shape:** any to the same. **Range:** sign of the input; 0 stays 0.
///
/// @param epsilon at least 0; published code has 1e-5 or 1e-10
public record SignedSqrt(float epsilon) {

    /// @throws IllegalArgumentException if epsilon is negative or no number
    public SignedSqrt {
        if (!(epsilon >= 0)) {
            throw new IllegalArgumentException("epsilon " + epsilon + " of a signed square root is below 0");
        }
    }

    public Value apply(Value x) {
        Value root = Elementwise.sqrt(Elementwise.offset(Elementwise.abs(x), epsilon));
        return Elementwise.mul(Elementwise.sign(x), root);
    }
}
