package dev.fovea.retrieval;

import dev.fovea.vectorindex.Filter;
import java.util.Optional;
import java.util.Set;

/// A search.
///
/// @param collection empty: the default
/// @param k results wanted; 0: the default
/// @param candidates that stage one fetches; 0: max(50, 5 k)
/// @param exact compare with every stored embedding
/// @param minScore results with a smaller inner product are left out, -1 to 1
/// @param expansion by neighbours that meet the filter, too
/// @param parts of the results
public record ImageQuery(
        String collection,
        QuerySource source,
        long k,
        long candidates,
        boolean exact,
        float minScore,
        Optional<Filter> filter,
        Optional<QueryExpansion> expansion,
        RerankRequest rerank,
        Set<StoredPart> parts) {
    public ImageQuery {
        parts = Set.copyOf(parts);
    }
}
