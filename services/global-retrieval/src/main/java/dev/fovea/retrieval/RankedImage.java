package dev.fovea.retrieval;

/// A result.
///
/// @param score inner product with the query, [-1, 1]
public record RankedImage(StoredImage image, float score) {}
