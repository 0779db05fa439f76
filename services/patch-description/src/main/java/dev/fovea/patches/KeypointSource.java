package dev.fovea.patches;

import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.imaging.patch.KeypointDetector;
import java.util.List;

/// Where the keypoints of an image come from.
public sealed interface KeypointSource {
    /// The caller knows them.
    record Given(List<Keypoint> keypoints) implements KeypointSource {
        public Given {
            keypoints = List.copyOf(keypoints);
        }
    }

    /// A detector finds them.
    record Detected(KeypointDetector detector) implements KeypointSource {}
}
