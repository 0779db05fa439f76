package dev.fovea.retrieval;

/// What of a stored image comes with an answer besides id, version and metadata.
public enum StoredPart {
    EMBEDDING,
    THUMBNAIL,
    LOCAL_FEATURES
}
