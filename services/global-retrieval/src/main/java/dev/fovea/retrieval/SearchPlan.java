package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.Part;
import java.util.Optional;
import java.util.Set;

/// A search that has been found to be within its limits, before anything is computed for it.
///
/// @param results of the answer
/// @param reach of stage one
/// @param insists whether re-ranking was asked for, not only configured
/// @param payloadsLater whether the results' payloads are read after the re-ranking, since stage one finds more
record SearchPlan(
        int results, StageOne.Reach reach, Optional<RerankPlan> rerank, boolean insists, boolean payloadsLater) {

    /// @throws InvalidInput naming what is wrong with the query
    static SearchPlan of(ImageQuery query, ImageCollection collection, RetrievalLimits limits, RerankRules rules) {
        int results = limits.results(query.k(), query.parts(), query.source() instanceof QuerySource.OfStored);
        Optional<RerankPlan> rerank = rules.plan(query, collection.settings());
        int fetched =
                Math.max(results, rerank.map(plan -> plan.limits().candidates()).orElse(0));
        int candidates = limits.candidates(query.candidates(), results, fetched);
        RetrievalLimits.requireScore(query.minScore());
        query.filter().ifPresent(filter -> {
            FilterLimits.require(filter);
            collection.checks().requireFits(filter);
        });
        Set<Part> parts = StoredImages.parts(query.parts());
        boolean payloadsLater = rerank.isPresent() && parts.contains(Part.PAYLOAD);
        if (payloadsLater) {
            parts.remove(Part.PAYLOAD);
        }
        var reach = new StageOne.Reach(fetched, candidates, query.minScore(), parts);
        return new SearchPlan(results, reach, rerank, query.rerank().mode() == RerankRequest.Mode.ON, payloadsLater);
    }
}
