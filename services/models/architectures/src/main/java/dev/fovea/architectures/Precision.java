package dev.fovea.architectures;

/// Element type of a network's trunk: its weights and what flows between its layers.
public enum Precision {
    FLOAT32,
    /// Half the memory and traffic; heads, norms and sampling stay float32.
    FLOAT16
}
