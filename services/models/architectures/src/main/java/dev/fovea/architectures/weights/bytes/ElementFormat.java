package dev.fovea.architectures.weights.bytes;

import java.nio.ByteBuffer;

/// How a file stores one number.
public enum ElementFormat {
    FLOAT32(4),
    FLOAT16(2),
    /// The upper half of a float32.
    BFLOAT16(2),
    FLOAT64(8),
    INT64(8),
    INT32(4),
    INT16(2),
    INT8(1),
    UINT8(1),
    BOOL(1);

    private final int width;

    ElementFormat(int width) {
        this.width = width;
    }

    /// In bytes.
    public int width() {
        return width;
    }

    /// All that the buffer holds, as float32 (rounded once).
    ///
    /// @param bytes in their own byte order
    public void decode(ByteBuffer bytes, float[] target, int from) {
        if (this == FLOAT32) {
            bytes.asFloatBuffer().get(target, from, bytes.remaining() / width);
            return;
        }
        for (int i = from; bytes.remaining() >= width; i++) {
            target[i] = next(bytes);
        }
    }

    private float next(ByteBuffer bytes) {
        return switch (this) {
            case FLOAT32 -> bytes.getFloat();
            case FLOAT16 -> Float.float16ToFloat(bytes.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case FLOAT64 -> (float) bytes.getDouble();
            case INT64 -> bytes.getLong();
            case INT32 -> bytes.getInt();
            case INT16 -> bytes.getShort();
            case INT8 -> bytes.get();
            case UINT8 -> Byte.toUnsignedInt(bytes.get());
            case BOOL -> bytes.get() == 0 ? 0 : 1;
        };
    }
}
