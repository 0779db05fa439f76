package dev.fovea.vectorindex;

/// What of an entry comes with an answer besides id, version and metadata.
public enum Part {
    VECTOR,
    PAYLOAD
}
