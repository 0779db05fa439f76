package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import java.util.Optional;

/// A search that has been found to be within its limits, before anything is computed for it.
///
/// @param results of the answer
/// @param reach of stage one
/// @param insists whether re-ranking was asked for, not only configured
record SearchPlan(int results, StageOne.Reach reach, Optional<RerankPlan> rerank, boolean insists) {

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
        var reach = new StageOne.Reach(fetched, candidates, query.minScore(), StoredImages.parts(query.parts()));
        return new SearchPlan(results, reach, rerank, query.rerank().mode() == RerankRequest.Mode.ON);
    }
}
