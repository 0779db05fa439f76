package dev.fovea.patches;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.Tensor;
import java.util.List;
import java.util.Optional;

/// What a model takes in: one row a patch.
///
/// @param image empty where patches were sent
/// @param keypoints one a row; empty where patches were sent
record PreparedPatches(Tensor tensor, Optional<ImageSize> image, List<Keypoint> keypoints) {
    boolean isEmpty() {
        return tensor.rows() == 0;
    }
}
