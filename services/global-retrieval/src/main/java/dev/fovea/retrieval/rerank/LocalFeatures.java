package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.patch.Keypoint;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.util.List;

/// What an image is re-ranked by: its keypoints and their descriptors.
///
/// @param model that made the descriptors; those of different models are not compared
/// @param image size of the image that the keypoints lie in
/// @param keypoints strongest first
/// @param descriptors one a keypoint, in the same order
public record LocalFeatures(
        ModelIdentity model, ImageSize image, List<Keypoint> keypoints, QuantizedDescriptors descriptors) {

    /// @throws InvalidInput `LOCAL_FEATURES_INVALID` if the numbers of keypoints and descriptors differ, or a
    ///     keypoint is not finite, has no size or lies outside the image
    public LocalFeatures {
        keypoints = List.copyOf(keypoints);
        if (keypoints.size() != descriptors.count()) {
            throw invalid(
                    "there are " + keypoints.size() + " keypoints for " + descriptors.count() + " descriptors",
                    keypoints.size(),
                    descriptors.count());
        }
        for (int i = 0; i < keypoints.size(); i++) {
            requireValid(i, keypoints.get(i), image);
        }
    }

    /// The first `count` keypoints; all if there are fewer.
    public LocalFeatures strongest(int count) {
        return count >= keypoints.size()
                ? this
                : new LocalFeatures(model, image, keypoints.subList(0, count), descriptors.first(count));
    }

    private static void requireValid(int index, Keypoint keypoint, ImageSize image) {
        boolean inside = keypoint.x() >= -0.5f
                && keypoint.x() <= image.widthPx() - 0.5f
                && keypoint.y() >= -0.5f
                && keypoint.y() <= image.heightPx() - 0.5f;
        boolean finite = Float.isFinite(keypoint.size())
                && Float.isFinite(keypoint.angleDegrees())
                && Float.isFinite(keypoint.response());
        if (!inside || !finite || keypoint.size() <= 0) {
            String size = image.widthPx() + "x" + image.heightPx();
            throw invalid(
                    keypoint + ", number " + index + ", is not finite, has no size, or lies outside the image of "
                            + size + " px",
                    keypoint,
                    size);
        }
    }

    private static InvalidInput invalid(String message, Object value, Object limit) {
        return new InvalidInput("LOCAL_FEATURES_INVALID", message, value, limit);
    }
}
