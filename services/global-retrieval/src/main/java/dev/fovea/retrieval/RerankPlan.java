package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.RerankLimits;

/// How one search is re-ranked.
///
/// @param pictures best results of which the inliers are drawn
record RerankPlan(RerankLimits limits, int pictures) {}
