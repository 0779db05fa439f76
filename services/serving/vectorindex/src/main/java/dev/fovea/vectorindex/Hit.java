package dev.fovea.vectorindex;

/// An entry that was found.
///
/// @param score inner product with the query, [-1, 1] up to rounding
public record Hit(IndexEntry entry, float score) {}
