package dev.fovea.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// Float rows to packed little-endian `Vectors` and back.
///
/// | element type | bytes | value |
/// |---|---|---|
/// | FLOAT32 | 4 | exact |
/// | FLOAT16 | 2 | rounded to nearest even |
/// | UINT8 | 1 | `scale * byte + offset`: the largest value is 255, the least negative one 0; offset 0 without any |
public final class VectorsMapping {
    private static final int LARGEST_BYTE = 255;

    private VectorsMapping() {}

    /// @param values the remaining ones are rows of `dimension`; the position stays
    /// @param type FLOAT32 if unspecified
    /// @throws InvalidInput `ELEMENT_TYPE_UNKNOWN`
    public static Vectors vectors(FloatBuffer values, int dimension, ElementType type) {
        ElementType packedAs = type == ElementType.ELEMENT_TYPE_UNSPECIFIED ? ElementType.ELEMENT_TYPE_FLOAT32 : type;
        Bytes bytes = packedAs == ElementType.ELEMENT_TYPE_UINT8 ? Bytes.of(values) : Bytes.NONE;
        ByteBuffer packed = ByteBuffer.allocate(Math.multiplyExact(values.remaining(), sizeBytes(packedAs)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = values.position(); i < values.limit(); i++) {
            put(packed, values.get(i), packedAs, bytes);
        }
        return Vectors.newBuilder()
                .setElementType(packedAs)
                .setDimension(dimension)
                .setCount(dimension == 0 ? 0 : values.remaining() / dimension)
                // The array is ours alone and no longer changed.
                .setData(UnsafeByteOperations.unsafeWrap(packed.flip()))
                .setScale(bytes.scale())
                .setOffset(bytes.offset())
                .build();
    }

    /// @return `count * dimension` values
    /// @throws InvalidInput `VECTORS_INVALID` if the data's length is another, `VECTOR_NOT_FINITE`,
    ///     `ELEMENT_TYPE_UNKNOWN`
    public static FloatBuffer floats(Vectors vectors) {
        ElementType type = vectors.getElementType();
        ByteString data = vectors.getData();
        // At most (2^32 - 1)^2: as an unsigned long it cannot wrap around.
        long elements = Integer.toUnsignedLong(vectors.getCount()) * Integer.toUnsignedLong(vectors.getDimension());
        if (data.size() % sizeBytes(type) != 0 || elements != data.size() / sizeBytes(type)) {
            throw new InvalidInput(
                    "VECTORS_INVALID",
                    "vectors carry " + data.size() + " bytes; count " + Integer.toUnsignedString(vectors.getCount())
                            + " x dimension " + Integer.toUnsignedString(vectors.getDimension()) + " of " + type
                            + " needs " + Long.toUnsignedString(elements) + " x " + sizeBytes(type) + " bytes",
                    data.size(),
                    Long.toUnsignedString(elements) + " x " + sizeBytes(type));
        }
        ByteBuffer packed = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer values = FloatBuffer.allocate(data.size() / sizeBytes(type));
        var bytes = new Bytes(vectors.getScale(), vectors.getOffset());
        while (packed.hasRemaining()) {
            values.put(finite(get(packed, type, bytes), values.position()));
        }
        return values.flip();
    }

    /// @param name as in configuration: `float32`, `float16` or `uint8`
    /// @throws IllegalArgumentException if it is another
    public static ElementType elementType(String name) {
        return switch (name) {
            case "float32" -> ElementType.ELEMENT_TYPE_FLOAT32;
            case "float16" -> ElementType.ELEMENT_TYPE_FLOAT16;
            case "uint8" -> ElementType.ELEMENT_TYPE_UINT8;
            default ->
                throw new IllegalArgumentException("element type \"" + name + "\" is none of float32, float16, uint8");
        };
    }

    /// @throws InvalidInput `ELEMENT_TYPE_UNKNOWN` unless it is one of the three, or unspecified
    public static void requireKnown(ElementType type) {
        if (type != ElementType.ELEMENT_TYPE_UNSPECIFIED) {
            sizeBytes(type);
        }
    }

    private static int sizeBytes(ElementType type) {
        return switch (type) {
            case ELEMENT_TYPE_FLOAT32 -> Float.BYTES;
            case ELEMENT_TYPE_FLOAT16 -> Short.BYTES;
            case ELEMENT_TYPE_UINT8 -> Byte.BYTES;
            case ELEMENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unknown(type);
        };
    }

    private static void put(ByteBuffer packed, float value, ElementType type, Bytes bytes) {
        switch (type) {
            case ELEMENT_TYPE_FLOAT32 -> packed.putFloat(value);
            case ELEMENT_TYPE_FLOAT16 -> packed.putShort(Float.floatToFloat16(value));
            case ELEMENT_TYPE_UINT8 -> packed.put(bytes.packed(value));
            case ELEMENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unknown(type);
        }
    }

    private static float get(ByteBuffer packed, ElementType type, Bytes bytes) {
        return switch (type) {
            case ELEMENT_TYPE_FLOAT32 -> packed.getFloat();
            case ELEMENT_TYPE_FLOAT16 -> Float.float16ToFloat(packed.getShort());
            case ELEMENT_TYPE_UINT8 -> bytes.value(packed.get());
            case ELEMENT_TYPE_UNSPECIFIED, UNRECOGNIZED -> throw unknown(type);
        };
    }

    private static float finite(float value, int index) {
        if (!Float.isFinite(value)) {
            throw new InvalidInput(
                    "VECTOR_NOT_FINITE", "value " + index + " of the vectors is " + value, value, "finite");
        }
        return value;
    }

    private static InvalidInput unknown(ElementType type) {
        return new InvalidInput(
                "ELEMENT_TYPE_UNKNOWN",
                "element type " + type + " is none of FLOAT32, FLOAT16, UINT8",
                type,
                "FLOAT32, FLOAT16, UINT8");
    }

    /// How a value is a byte: `value = scale * byte + offset`.
    private record Bytes(float scale, float offset) {
        static final Bytes NONE = new Bytes(0, 0);

        static Bytes of(FloatBuffer values) {
            float least = 0;
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = values.position(); i < values.limit(); i++) {
                least = Math.min(least, values.get(i));
                largest = Math.max(largest, values.get(i));
            }
            return values.hasRemaining() ? new Bytes((largest - least) / LARGEST_BYTE, least) : NONE;
        }

        byte packed(float value) {
            return (byte) (scale == 0 ? 0 : Math.clamp(Math.round((value - offset) / scale), 0, LARGEST_BYTE));
        }

        float value(byte packed) {
            return scale * Byte.toUnsignedInt(packed) + offset;
        }
    }
}
