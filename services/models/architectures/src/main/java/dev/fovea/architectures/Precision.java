package dev.fovea.architectures;

import dev.fovea.onnx.DataType;

/// Element type of a network's trunk: its weights and what flows between its layers.
public enum Precision {
    FLOAT32(DataType.FLOAT32),
    /// Half the memory and traffic; heads, norms and sampling stay float32.
    FLOAT16(DataType.FLOAT16);

    private final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    public DataType type() {
        return type;
    }
}
