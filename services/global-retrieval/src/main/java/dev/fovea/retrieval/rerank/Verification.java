package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Match;
import java.util.List;
import java.util.Optional;

/// How a candidate's local features agree with the query's.
///
/// @param matches mutual nearest neighbours that pass the ratio test
/// @param inliers those that agree with the transform; rows of the features that were compared
/// @param transform of the query's pixels to the candidate's; empty if there is none that enough matches
///     agree on
public record Verification(int matches, List<Match> inliers, Optional<Homography> transform) {

    public Verification {
        inliers = List.copyOf(inliers);
    }

    static Verification withoutTransform(int matches) {
        return new Verification(matches, List.of(), Optional.empty());
    }
}
