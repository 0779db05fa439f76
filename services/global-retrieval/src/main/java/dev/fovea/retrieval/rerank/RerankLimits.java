package dev.fovea.retrieval.rerank;

import java.time.Duration;

/// What one re-ranking may cost.
///
/// @param candidates verified, best first; at least 0
/// @param keypoints of either image that are matched, the strongest; at least 1
/// @param time after which no further candidate is begun
public record RerankLimits(int candidates, int keypoints, Duration time) {

    /// @throws IllegalArgumentException if a limit is out of range
    public RerankLimits {
        if (candidates < 0 || keypoints < 1 || time.isNegative()) {
            throw new IllegalArgumentException("re-ranking of " + candidates + " candidates with " + keypoints
                    + " keypoints in " + time.toMillis() + " ms: nothing of it may be negative, or without keypoints");
        }
    }
}
