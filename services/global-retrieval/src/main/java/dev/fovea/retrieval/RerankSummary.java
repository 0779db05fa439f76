package dev.fovea.retrieval;

import dev.fovea.inference.lifecycle.ModelIdentity;
import java.time.Duration;

/// What stage two of a search did.
///
/// @param model of the query's local descriptors
/// @param keypoints of the query
/// @param verified candidates
public record RerankSummary(
        ModelIdentity model, int keypoints, int verified, boolean timeLimitReached, Duration took) {}
