package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Pool.MaxPooled;
import dev.fovea.onnx.op.Window;

/// Undoes a max-pooling: each maximum returns to where it stood, zeros elsewhere.
///
/// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 2.1;
/// PyTorch `max_unpool2d`.
///
/// **Shape:** (N, C, H', W') to (N, C, height, width). **Range:** that of the maxima, and 0.
///
/// @param window of the pooling that is undone
public record MaxUnpool(Window window) {

    /// @param pooled what [Pool#maxWithIndices] gave, the values changed or not
    /// @param height of the map that was pooled
    /// @param width of the map that was pooled
    /// @throws IllegalArgumentException if pooling that size does not give maps of these
    public Value apply(MaxPooled pooled, long height, long width) {
        return Pool.unpool(pooled, window, height, width);
    }
}
