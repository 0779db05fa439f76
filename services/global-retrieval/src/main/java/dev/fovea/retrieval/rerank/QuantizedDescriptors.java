package dev.fovea.retrieval.rerank;

import dev.fovea.inference.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/// Local descriptors at one byte an element: `value = scale * byte + offset`. Immutable.
///
/// Scale and offset belong to one image: its least element is byte 0, its largest 255. A unit vector of 128
/// elements up to 0.4 moves by about 0.005, far less than two views of one place differ by (see the service's
/// README).
///
/// **Shape:** (count, dimension).
public final class QuantizedDescriptors {

    private static final int LARGEST = 255;

    private final int dimension;
    private final byte[] rows;
    private final float scale;
    private final float offset;

    private QuantizedDescriptors(int dimension, byte[] rows, float scale, float offset) {
        this.dimension = dimension;
        this.rows = rows;
        this.scale = scale;
        this.offset = offset;
    }

    /// Copies the remaining bytes, row by row.
    ///
    /// @throws InvalidInput `LOCAL_FEATURES_INVALID` if the dimension is below 1, the last row is not full,
    ///     or scale or offset is not finite or the scale negative
    public static QuantizedDescriptors of(ByteBuffer rows, int dimension, float scale, float offset) {
        if (dimension < 1 || rows.remaining() % dimension != 0) {
            throw invalid(rows.remaining() + " bytes are not rows of " + dimension, rows.remaining(), dimension);
        }
        if (!(scale >= 0) || !Float.isFinite(scale) || !Float.isFinite(offset)) {
            throw invalid(
                    "scale " + scale + " and offset " + offset + " of descriptors are not finite, or the scale is "
                            + "negative",
                    scale + ", " + offset,
                    "finite");
        }
        byte[] copy = new byte[rows.remaining()];
        rows.get(rows.position(), copy);
        return new QuantizedDescriptors(dimension, copy, scale, offset);
    }

    /// Rounds each element to the nearest of 256 steps between the least and the largest.
    ///
    /// @param values from the buffer's beginning to its limit, finite, rows of `dimension`
    public static QuantizedDescriptors of(FloatBuffer values, int dimension) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < values.limit(); i++) {
            least = Math.min(least, values.get(i));
            largest = Math.max(largest, values.get(i));
        }
        if (!(largest > least)) { // none, or all equal
            float offset = values.limit() == 0 ? 0 : least;
            return new QuantizedDescriptors(dimension, new byte[values.limit()], 0, offset);
        }
        float scale = (largest - least) / LARGEST;
        byte[] rows = new byte[values.limit()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (byte) Math.clamp(Math.round((values.get(i) - least) / scale), 0, LARGEST);
        }
        return new QuantizedDescriptors(dimension, rows, scale, least);
    }

    public int count() {
        return rows.length / dimension;
    }

    public int dimension() {
        return dimension;
    }

    /// 0 where all elements are equal.
    public float scale() {
        return scale;
    }

    public float offset() {
        return offset;
    }

    /// All bytes, row by row; read-only.
    public ByteBuffer rows() {
        return ByteBuffer.wrap(rows).asReadOnlyBuffer();
    }

    /// The first `count` rows; all if there are fewer.
    QuantizedDescriptors first(int count) {
        return count >= count()
                ? this
                : new QuantizedDescriptors(dimension, Arrays.copyOf(rows, count * dimension), scale, offset);
    }

    /// The values, row by row.
    float[] values() {
        float[] values = new float[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (rows[i] & LARGEST) + offset;
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantizedDescriptors descriptors
                && dimension == descriptors.dimension
                && scale == descriptors.scale
                && offset == descriptors.offset
                && Arrays.equals(rows, descriptors.rows);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(rows);
    }

    @Override
    public String toString() {
        return "descriptors (" + count() + ", " + dimension + ") of bytes";
    }

    private static InvalidInput invalid(String message, Object value, Object limit) {
        return new InvalidInput("LOCAL_FEATURES_INVALID", message, value, limit);
    }
}
