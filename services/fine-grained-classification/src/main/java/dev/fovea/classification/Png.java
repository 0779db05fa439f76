package dev.fovea.classification;

import java.nio.ByteBuffer;

/// An encoded picture.
///
/// @param bytes left unchanged by whoever holds them; the accessor returns a read-only view of its own position
public record Png(ByteBuffer bytes) {
    static Png of(byte[] file) {
        return new Png(ByteBuffer.wrap(file));
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer();
    }
}
