package dev.fovea.retrieval;

import java.util.List;
import java.util.Set;

/// Images that are wanted.
///
/// @param collection empty: the default
public record ImageLookup(String collection, List<String> ids, Set<StoredPart> parts) {
    public ImageLookup {
        ids = List.copyOf(ids);
        parts = Set.copyOf(parts);
    }
}
