package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;

/// A fully connected layer: `x weight^T + bias`.
///
/// Source: PyTorch `torch.nn.Linear`; tensors `weight` (O, K) and `bias` (O).
///
/// **Shape:** (N, K) to (N, O). **Range:** unbounded.
///
/// @param outputs numbers per row of the result, O
public record FullyConnected(long outputs, boolean bias) {

    public static FullyConnected withBias(long outputs) {
        return new FullyConnected(outputs, true);
    }

    public static FullyConnected withoutBias(long outputs) {
        return new FullyConnected(outputs, false);
    }

    /// @throws IllegalArgumentException if the input has not two dimensions
    public Value apply(Value x, WeightScope weights) {
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException("a fully connected layer takes (N, K), found " + x.shape());
        }
        Value weight = weights.tensor(x, "weight", outputs, x.shape().size(1));
        return bias
                ? Linear.gemm(x, weight, weights.tensor(x, "bias", outputs))
                : Linear.matMul(x, Layout.transpose(weight, 1, 0));
    }
}
