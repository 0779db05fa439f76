package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;

/// Mean of each window; padding counts as zeros.
///
/// Source: PyTorch `avg_pool2d`.
///
/// **Shape:** (N, C, H, W) to (N, C, H', W'), H' = (H + 2 padding - kernel) / stride + 1, rounded down.
/// **Range:** that of the input, and 0.
public record AveragePool(Window window) {

    public Value apply(Value x) {
        return Pool.average(x, window);
    }
}
