package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;

/// Mean over all positions, which retrieval calls SPoC.
///
/// Source: Lin et al., "Network in Network", ICLR 2014; Babenko and Lempitsky, "Aggregating Local Deep Features for
/// Image Retrieval", ICCV 2015; PyTorch `adaptive_avg_pool2d(x, 1)`, flattened.
///
/// **Shape:** (N, C, H, W) to (N, C). **Range:** that of the input.
public record GlobalAveragePool() {

    public Value apply(Value x) {
        return Layout.flatten(Pool.globalAverage(x));
    }
}
