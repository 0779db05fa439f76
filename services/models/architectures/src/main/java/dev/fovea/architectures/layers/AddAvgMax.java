package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;

/// Half the sum of mean and maximum over all positions.
///
/// Source: timm `layers/adaptive_avgmax_pool.py`, `adaptive_avgmax_pool2d`.
///
/// **Shape:** (N, C, H, W) to (N, C). **Range:** that of the input.
public record AddAvgMax() {

    public Value apply(Value x) {
        Value sum = Elementwise.add(new GlobalAveragePool().apply(x), new GlobalMaxPool().apply(x));
        return Elementwise.scale(sum, 0.5f);
    }
}
