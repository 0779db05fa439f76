package dev.fovea.patches;

import dev.fovea.imaging.patch.Homography;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.Match;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.util.List;
import java.util.Optional;

/// The answer to a [MatchRequest].
///
/// @param model empty where both sides brought their descriptors
/// @param homography from query to train; empty if none was asked for or none agrees with the matches
/// @param timings of both sides together; matching counts as postprocess
public record Matches(
        Optional<ModelIdentity> model,
        List<Match> matches,
        Optional<Homography> homography,
        List<Keypoint> queryKeypoints,
        List<Keypoint> trainKeypoints,
        StageTimings timings) {
    public Matches {
        matches = List.copyOf(matches);
        queryKeypoints = List.copyOf(queryKeypoints);
        trainKeypoints = List.copyOf(trainKeypoints);
    }
}
