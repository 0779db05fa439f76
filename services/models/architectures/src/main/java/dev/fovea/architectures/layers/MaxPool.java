package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;

/// The largest element of each window; windows overlap where the stride is smaller than the kernel.
///
/// Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks", NeurIPS 2012,
/// section 3.4 (overlapping); PyTorch `max_pool2d`.
///
/// **Shape:** (N, C, H, W) to (N, C, H', W'), H' = (H + 2 padding - kernel) / stride + 1, rounded down.
/// **Range:** that of the input.
public record MaxPool(Window window) {

    public Value apply(Value x) {
        return Pool.max(x, window);
    }
}
