package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;

/// Divides each row by the sum of its absolute values: `x / max(sum |x|, epsilon)`.
///
/// Source: PyTorch `torch.nn.functional.normalize` with p = 1, where `epsilon` defaults to 1e-12.
///
/// **Shape:** (N, D) to (N, D). **Range:** absolute values sum to 1 per row, or zeros for a row of zeros.
public record L1Normalize(float epsilon) {

    /// PyTorch's default.
    public static final L1Normalize DEFAULT = new L1Normalize(1e-12f);

    public Value apply(Value x) {
        Value norm = Reduce.l1(x, -1); // (N, 1)
        return Elementwise.div(x, Elementwise.max(norm, x.graph().scalar(epsilon)));
    }
}
