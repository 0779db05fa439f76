package dev.fovea.patches;

import dev.fovea.imaging.patch.Descriptors;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.ImageSource;
import java.util.List;

/// One of the two things to be matched.
public sealed interface MatchSide {
    /// An image that is described first.
    record OfImage(ImageSource image, KeypointSource keypoints) implements MatchSide {}

    /// Descriptors that the caller has already.
    ///
    /// @param keypoints one a descriptor, or none at all if no homography is asked for
    record Described(List<Keypoint> keypoints, Descriptors descriptors) implements MatchSide {
        public Described {
            keypoints = List.copyOf(keypoints);
        }
    }
}
