package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.VectorQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The first stage of a search: what the index finds, after the expansion of the query.
///
/// @param self id of the query where it is a stored image, which is left out
record StageOne(ImageCollection collection, ImageQuery query, Optional<String> self) {

    /// What is asked of the index.
    ///
    /// @param results wanted
    /// @param candidates that the graph is asked for
    record Reach(int results, int candidates, float minScore, Set<Part> parts) {}

    /// @param vector after expansion
    /// @param hits best first
    record Found(Embedding vector, List<Hit> hits, long nanos) {}

    Found search(Embedding vector, Reach reach, Deadline deadline, Ticker ticker) throws InterruptedException {
        long start = ticker.nanoTime();
        Embedding expanded = query.expansion().isEmpty()
                ? vector
                : expanded(query.expansion().get(), vector, reach, deadline);
        List<Hit> hits = hits(expanded, reach, deadline);
        return new Found(expanded, hits, ticker.nanoTime() - start);
    }

    private Embedding expanded(QueryExpansion expansion, Embedding vector, Reach reach, Deadline deadline)
            throws InterruptedException {
        var neighbours = new Reach(expansion.neighbours(), reach.candidates(), -1, Set.of(Part.VECTOR));
        return expansion.expand(vector, hits(vector, neighbours, deadline));
    }

    /// Without the query itself, for which one more is fetched.
    private List<Hit> hits(Embedding vector, Reach reach, Deadline deadline) throws InterruptedException {
        int fetched = reach.results() + (self.isPresent() ? 1 : 0);
        int candidates = Math.max(reach.candidates(), fetched);
        var search = new VectorQuery(
                vector, fetched, candidates, query.exact(), reach.minScore(), query.filter(), reach.parts());
        return collection.index().search(search, deadline).stream()
                .filter(hit -> !self.equals(Optional.of(hit.entry().id())))
                .limit(reach.results())
                .toList();
    }
}
