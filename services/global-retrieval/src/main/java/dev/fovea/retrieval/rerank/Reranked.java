package dev.fovea.retrieval.rerank;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Candidates in their new order.
///
/// @param order every candidate once, best first
/// @param verified how many were compared
/// @param timeLimitReached whether some were not, because the time limit came first
/// @param took waiting for cores included
public record Reranked(List<Place> order, int verified, boolean timeLimitReached, Duration took) {

    public Reranked {
        order = List.copyOf(order);
    }

    /// @param candidate its index in what stage one answered
    /// @param verification empty where it was not compared
    public record Place(int candidate, Optional<Verification> verification) {}
}
