package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import java.util.List;

/// Mean over all positions, then the maximum, one after the other.
///
/// Source: timm `layers/adaptive_avgmax_pool.py`, `adaptive_catavgmax_pool2d`.
///
/// **Shape:** (N, C, H, W) to (N, 2 C). **Range:** that of the input.
public record CatAvgMax() {

    public Value apply(Value x) {
        return Layout.concat(List.of(new GlobalAveragePool().apply(x), new GlobalMaxPool().apply(x)), 1);
    }
}
