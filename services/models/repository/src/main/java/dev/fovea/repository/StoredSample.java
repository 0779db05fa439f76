package dev.fovea.repository;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/// An input whose answer was recorded when the model was built; a model that no longer gives it is not healthy.
///
/// The input is not stored: byte `i` of a UINT8 input is `SplitMix64(seed, i) >>> 56`, element `i` of a
/// FLOAT32 input is `(SplitMix64(seed, i) >>> 40) / 2^24`, so a sample costs the same for a patch and for a
/// photograph.
///
/// @param seed of the generator
/// @param expected the first output of one item, flattened, as little-endian float32 in Base64
/// @param relativeTolerance largest allowed difference over the largest absolute expected value
public record StoredSample(long seed, String expected, double relativeTolerance) {

    /// Element `index` of the generator's sequence.
    public static long splitMix64(long seed, long index) {
        long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public static StoredSample of(long seed, float[] expected, double relativeTolerance) {
        var bytes = ByteBuffer.allocate(expected.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(expected);
        return new StoredSample(seed, Base64.getEncoder().encodeToString(bytes.array()), relativeTolerance);
    }

    public float[] expectedValues() {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(expected)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /// Whether an answer equals the recorded one within the tolerance.
    public boolean matches(float[] actual) {
        float[] wanted = expectedValues();
        if (actual.length != wanted.length) {
            return false;
        }
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            double difference = Math.abs((double) wanted[i] - actual[i]);
            if (!(difference <= Double.MAX_VALUE)) {
                return false; // NaN or infinite
            }
            worst = Math.max(worst, difference);
        }
        return worst <= relativeTolerance * largest;
    }
}
