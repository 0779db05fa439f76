package dev.fovea.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// A constant tensor.
///
/// @param content little-endian elements, row major, read-only; FLOAT16 constants are kept as float32 until
///     they are written
record Initializer(Value value, ByteBuffer content) {

    Initializer {
        content = content.asReadOnlyBuffer();
    }

    /// The elements of a FLOAT32 or FLOAT16 constant.
    FloatBuffer floats() {
        return content.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /// Bytes that it takes in a file.
    long fileBytes() {
        return Math.multiplyExact(value.shape().fixedElements(), value.type().bytes());
    }
}
