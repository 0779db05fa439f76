package dev.fovea.patches;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.util.List;
import java.util.Optional;

/// The answer to a [PatchRequest].
///
/// @param image empty where patches were sent
/// @param keypoints one a descriptor, in the same order; empty where patches were sent
public record DescribedPatches(
        ModelIdentity model,
        Optional<ImageSize> image,
        List<Keypoint> keypoints,
        Descriptors descriptors,
        StageTimings timings) {
    public DescribedPatches {
        keypoints = List.copyOf(keypoints);
    }
}
