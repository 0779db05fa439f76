package dev.fovea.onnx;

import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The numbers of a tensor message, whichever of its fields holds them.
///
/// The declared size is compared with what is there before anything is allocated.
final class TensorNumbers {

    /// `TensorProto.DataType` of ONNX.
    private enum Format {
        FLOAT32(1, 4),
        UINT8(2, 1),
        INT8(3, 1),
        INT32(6, 4),
        INT64(7, 8),
        FLOAT16(10, 2),
        FLOAT64(11, 8),
        BFLOAT16(16, 2);

        private final int code;
        private final int bytes;

        Format(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }
    }

    private TensorNumbers() {}

    static boolean isFloat(TensorProto tensor) {
        for (Format format : Format.values()) {
            if (format.code == tensor.getDataType()) {
                return switch (format) {
                    case FLOAT32, FLOAT16, FLOAT64, BFLOAT16 -> true;
                    case UINT8, INT8, INT32, INT64 -> false;
                };
            }
        }
        return false;
    }

    static Shape shape(String name, TensorProto tensor) {
        long[] sizes = new long[tensor.getDimsCount()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = tensor.getDims(axis);
            if (sizes[axis] < 0) {
                throw new IllegalArgumentException(
                        "tensor " + name + ": size " + sizes[axis] + " of axis " + axis + " is below 0");
            }
        }
        Shape shape = Shape.of(sizes);
        requireCountable(name, shape);
        return shape;
    }

    private static void requireCountable(String name, Shape shape) {
        try {
            shape.fixedElements();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("tensor " + name + ": " + shape + " has more elements than can be", e);
        }
    }

    static float[] values(String name, TensorProto tensor) {
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new IllegalArgumentException(
                    "tensor " + name + " lies in another file; store the model as one file, without external data");
        }
        Format format = format(name, tensor);
        long count = shape(name, tensor).fixedElements();
        return tensor.getRawData().isEmpty() ? typed(name, tensor, format, count) : raw(name, tensor, format, count);
    }

    private static Format format(String name, TensorProto tensor) {
        for (Format format : Format.values()) {
            if (format.code == tensor.getDataType()) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "tensor " + name + " has ONNX type " + tensor.getDataType() + ", which gives no numbers here");
    }

    private static float[] raw(String name, TensorProto tensor, Format format, long count) {
        long there = tensor.getRawData().size();
        if (there % format.bytes != 0 || there / format.bytes != count) {
            throw new IllegalArgumentException("tensor " + name + ": " + there + " bytes do not fill "
                    + shape(name, tensor) + " of " + format + ", " + format.bytes + " bytes each");
        }
        ByteBuffer in = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(in, format);
        }
        return values;
    }

    private static float next(ByteBuffer in, Format format) {
        return switch (format) {
            case FLOAT32 -> in.getFloat();
            case UINT8 -> Byte.toUnsignedInt(in.get());
            case INT8 -> in.get();
            case INT32 -> in.getInt();
            case INT64 -> in.getLong();
            case FLOAT16 -> Float.float16ToFloat(in.getShort());
            case FLOAT64 -> (float) in.getDouble();
            case BFLOAT16 -> bfloat16(in.getShort());
        };
    }

    private static float[] typed(String name, TensorProto tensor, Format format, long count) {
        int there =
                switch (format) {
                    case FLOAT32 -> tensor.getFloatDataCount();
                    case INT64 -> tensor.getInt64DataCount();
                    case FLOAT64 -> tensor.getDoubleDataCount();
                    case UINT8, INT8, INT32, FLOAT16, BFLOAT16 -> tensor.getInt32DataCount();
                };
        if (there != count) {
            throw new IllegalArgumentException(
                    "tensor " + name + ": " + there + " numbers do not fill " + shape(name, tensor) + " of " + format);
        }
        float[] values = new float[there];
        for (int i = 0; i < there; i++) {
            values[i] = switch (format) {
                case FLOAT32 -> tensor.getFloatData(i);
                case INT64 -> tensor.getInt64Data(i);
                case FLOAT64 -> (float) tensor.getDoubleData(i);
                case UINT8, INT8, INT32 -> tensor.getInt32Data(i);
                case FLOAT16 -> Float.float16ToFloat((short) tensor.getInt32Data(i));
                case BFLOAT16 -> bfloat16((short) tensor.getInt32Data(i));
            };
        }
        return values;
    }

    private static float bfloat16(short upperHalf) {
        return Float.intBitsToFloat(upperHalf << Short.SIZE);
    }
}
