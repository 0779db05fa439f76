package dev.fovea.onnx;

import dev.fovea.repository.ElementType;
import java.util.Arrays;
import java.util.Optional;

/// Element type of a value inside a graph.
public enum DataType {
    FLOAT32(1, 4),
    UINT8(2, 1),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2);

    private final int code;
    private final int bytes;

    DataType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    public static DataType of(ElementType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT32;
            case FLOAT16 -> FLOAT16;
            case UINT8 -> UINT8;
            case INT64 -> INT64;
        };
    }

    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT16;
    }

    /// The type of that number in ONNX; empty if graphs built here have no such type.
    static Optional<DataType> ofCode(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    /// Its number in ONNX, `TensorProto.DataType`.
    public int code() {
        return code;
    }

    /// Size of one element in a file.
    int bytes() {
        return bytes;
    }
}
