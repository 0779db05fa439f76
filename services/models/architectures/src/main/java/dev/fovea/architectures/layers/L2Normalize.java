package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;

/// Divides by the Euclidean norm along one axis: `x / max(|x|, epsilon)`.
///
/// Source: PyTorch `torch.nn.functional.normalize` with p = 2, where `epsilon` defaults to 1e-12.
///
/// **Shape:** any to the same. **Range:** unit norm along the axis, or zeros where all are zeros.
///
/// @param axis from 0, or from -1 backwards
public record L2Normalize(float epsilon, int axis) {

    /// PyTorch's epsilon, the last axis: the rows of (N, D).
    public static final L2Normalize DEFAULT = new L2Normalize(1e-12f, -1);

    /// PyTorch's epsilon; `along(1)` is the norm of each position of (N, C, H, W).
    public static L2Normalize along(int axis) {
        return new L2Normalize(DEFAULT.epsilon, axis);
    }

    public Value apply(Value x) {
        Value norm = Reduce.l2(x, axis);
        return Elementwise.div(x, Elementwise.max(norm, x.graph().scalar(epsilon, x.type())));
    }
}
