package dev.fovea.vectorindex;

/// Type of a declared metadata field.
public enum FieldType {
    TEXT,
    NUMBER,
    TIME
}
