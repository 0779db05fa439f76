package dev.fovea.architectures.weights;

import dev.fovea.onnx.shape.Shape;

/// One tensor of a source, read when asked for.
public interface WeightTensor {

    /// All sizes fixed.
    Shape shape();

    /// Its elements as float32, row major; a new array at every call.
    ///
    /// @throws WeightsException if the source cannot be read
    float[] values();
}
