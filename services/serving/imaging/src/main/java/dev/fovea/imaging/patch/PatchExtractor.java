package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.PatchPreprocessing;
import java.util.List;

/// Samples the grey patch around each keypoint. Stateless: any thread.
public final class PatchExtractor {

    public PatchExtractor(PatchPreprocessing preprocessing) {
        OpenCv.load();
    }

    /// Writes one row per keypoint, in order, straight into `target`.
    ///
    /// @param target UINT8 (0 to 255) or FLOAT32 (0 to 1) with `keypoints.size()` rows of patch size
    ///     squared elements
    /// @throws dev.fovea.inference.failure.InvalidInput if a keypoint is outside the image, not finite, or of
    ///     no size
    public void extract(Image image, List<Keypoint> keypoints, Tensor target) {
        if (!keypoints.isEmpty()) {
            throw OpenCv.pending();
        }
    }
}
