package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;

/// Divides each row by its Euclidean norm: `x / max(|x|, epsilon)`.
///
/// Source: PyTorch `torch.nn.functional.normalize` with p = 2, where `epsilon` defaults to 1e-12.
///
/// **Shape:** (N, D) to (N, D). **Range:** unit norm per row, or zeros for a row of zeros.
public record L2Normalize(float epsilon) {

    /// PyTorch's default.
    public static final L2Normalize DEFAULT = new L2Normalize(1e-12f);

    public Value apply(Value x) {
        Value norm = Reduce.l2(x, -1); // (N, 1)
        return Elementwise.div(x, Elementwise.max(norm, x.graph().scalar(epsilon)));
    }
}
