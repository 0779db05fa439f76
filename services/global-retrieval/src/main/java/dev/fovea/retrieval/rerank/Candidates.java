package dev.fovea.retrieval.rerank;

import java.util.List;
import java.util.Optional;

/// What stage one answered, best first. Belongs to its request.
public interface Candidates {

    /// Inner products with the query, [-1, 1].
    List<Double> scores();

    /// Asked for in ascending order, each when its turn comes, so that few need to be in memory.
    ///
    /// @param candidate its index in what stage one answered
    /// @return empty where none are kept; such a candidate is not verified
    Optional<LocalFeatures> features(int candidate) throws InterruptedException;
}
