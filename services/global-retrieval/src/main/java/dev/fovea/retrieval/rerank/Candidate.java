package dev.fovea.retrieval.rerank;

import java.util.Optional;

/// One answer of stage one.
///
/// @param score inner product with the query, [-1, 1]
/// @param features empty where none are kept; such a candidate is not verified
public record Candidate(double score, Optional<LocalFeatures> features) {}
