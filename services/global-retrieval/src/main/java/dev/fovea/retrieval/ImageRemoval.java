package dev.fovea.retrieval;

/// An image to be deleted.
///
/// @param collection empty: the default
/// @param version at least 0; 0: the time of the removal
public record ImageRemoval(String collection, String id, long version, Acknowledgement acknowledgement) {}
