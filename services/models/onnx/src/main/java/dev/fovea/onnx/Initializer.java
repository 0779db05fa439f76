package dev.fovea.onnx;

import java.nio.ByteBuffer;

/// A constant tensor.
///
/// @param content little-endian elements, row major, read-only
record Initializer(Value value, ByteBuffer content) {

    Initializer {
        content = content.asReadOnlyBuffer();
    }
}
