package dev.fovea.tests.gpu;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.StoredSample;
import java.nio.ByteBuffer;

/// The same pseudo-random items everywhere, in the ranges that models take: bytes 0 to 255, floats 0 to 1.
public final class RandomInput {

    private static final long SEED = 20040101;

    private RandomInput() {}

    /// Fills the first `rows` rows.
    public static void fill(Tensor tensor, int rows) {
        ByteBuffer bytes = tensor.bytes(0, rows);
        switch (tensor.elementType()) {
            case UINT8 -> {
                for (int i = 0; i < bytes.capacity(); i++) {
                    bytes.put(i, (byte) (bits(i) >>> 56));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < bytes.capacity() / Float.BYTES; i++) {
                    bytes.putFloat(i * Float.BYTES, unit(i));
                }
            }
            case FLOAT16 -> {
                for (int i = 0; i < bytes.capacity() / Short.BYTES; i++) {
                    bytes.putShort(i * Short.BYTES, Float.floatToFloat16(unit(i)));
                }
            }
            case INT64 -> throw new IllegalArgumentException("no range is known for INT64 inputs");
        }
    }

    private static float unit(int i) {
        return (bits(i) >>> 40) / (float) (1 << 24);
    }

    private static long bits(int i) {
        return StoredSample.splitMix64(SEED, i);
    }
}
