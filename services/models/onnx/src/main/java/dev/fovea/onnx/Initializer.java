package dev.fovea.onnx;

import java.nio.ByteBuffer;

/// A constant tensor.
///
/// @param content little-endian elements, row major, read-only; FLOAT16 constants are kept as float32 until
///     they are written
record Initializer(Value value, ByteBuffer content) {

    Initializer {
        content = content.asReadOnlyBuffer();
    }
}
