package dev.fovea.retrieval;

import dev.fovea.vectorindex.Filter;
import java.util.Optional;
import java.util.Set;

/// A page of all stored images.
///
/// @param collection empty: the default
/// @param cursor as the page before returned it; empty: from the first
/// @param pageSize images at most; 0: the default
public record ImageScan(
        String collection, Optional<String> cursor, long pageSize, Optional<Filter> filter, Set<StoredPart> parts) {
    public ImageScan {
        parts = Set.copyOf(parts);
    }
}
