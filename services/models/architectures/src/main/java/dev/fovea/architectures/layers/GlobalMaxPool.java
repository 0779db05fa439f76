package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;

/// Maximum over all positions, which retrieval calls MAC.
///
/// Source: Tolias et al., "Particular Object Retrieval with Integral Max-Pooling of CNN Activations", ICLR 2016;
/// PyTorch `adaptive_max_pool2d(x, 1)`, flattened.
///
/// **Shape:** (N, C, H, W) to (N, C). **Range:** that of the input.
public record GlobalMaxPool() {

    public Value apply(Value x) {
        return Layout.flatten(Pool.globalMax(x));
    }
}
