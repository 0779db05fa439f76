package dev.fovea.architectures.layers;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;

/// Local features as unit vectors, each as long as its attention: `softplus(attention) x / |x|`.
///
/// Source: Yang et al., "DOLG", ICCV 2021, arXiv:2108.02927, section 3.3; the attention is one map for all
/// channels (as in DELG) or one map per channel.
///
/// **Shape:** x (N, C, H, W), attention (N, 1 or C, H, W) to (N, C, H, W). **Range:** norms above 0 with one
/// map.
public record AttentiveLocal() {

    /// @return float32, whatever the types of the maps
    public Value apply(Value x, Value attention) {
        Value unit = L2Normalize.along(1).apply(Elementwise.cast(x, DataType.FLOAT32));
        return Elementwise.mul(unit, Activation.SOFTPLUS.apply(Elementwise.cast(attention, DataType.FLOAT32)));
    }
}
