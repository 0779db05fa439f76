package dev.fovea.patches;

import dev.fovea.imaging.patch.DescriptorMatcher;
import dev.fovea.imaging.patch.HomographyEstimator;
import dev.fovea.inference.lifecycle.ModelRef;
import java.util.Optional;

/// Two sides to be matched, and by which rule.
///
/// @param model describes the sides that are images
/// @param homography empty: none is asked for
public record MatchRequest(
        ModelRef model,
        MatchSide query,
        MatchSide train,
        DescriptorMatcher matcher,
        Optional<HomographyEstimator> homography) {}
