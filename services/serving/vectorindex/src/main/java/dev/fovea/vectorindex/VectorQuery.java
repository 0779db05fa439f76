package dev.fovea.vectorindex;

import java.util.Optional;
import java.util.Set;

/// A search.
///
/// @param vector of the collection's dimension
/// @param k hits wanted, at least 1
/// @param candidates that the graph is asked for, at least `k`; of no meaning to an exact search
/// @param exact compare with every vector
/// @param minScore hits with a smaller inner product are left out; -1 keeps all
/// @param parts of the entries that come with the hits
public record VectorQuery(
        Embedding vector,
        int k,
        int candidates,
        boolean exact,
        float minScore,
        Optional<Filter> filter,
        Set<Part> parts) {

    public VectorQuery {
        parts = Set.copyOf(parts);
    }
}
