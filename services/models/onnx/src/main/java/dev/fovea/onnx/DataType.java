package dev.fovea.onnx;

import dev.fovea.repository.ElementType;

/// Element type of a value inside a graph.
public enum DataType {
    FLOAT32(1),
    UINT8(2),
    INT32(6),
    INT64(7),
    BOOL(9),
    FLOAT16(10);

    private final int code;

    DataType(int code) {
        this.code = code;
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

    /// Its number in ONNX, `TensorProto.DataType`.
    public int code() {
        return code;
    }
}
