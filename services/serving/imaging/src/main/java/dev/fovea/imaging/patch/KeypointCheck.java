package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import dev.fovea.inference.failure.InvalidInput;
import java.util.List;

/// Says which keypoint of a request is wrong, and why.
final class KeypointCheck {

    /// In longer sides of the image: a larger keypoint describes nothing but repeated borders.
    private static final int MAX_SIZE = 4;

    private KeypointCheck() {}

    /// @throws InvalidInput `KEYPOINT_INVALID` for the first that is wrong
    static void requireValid(List<Keypoint> keypoints, Image image) {
        for (int i = 0; i < keypoints.size(); i++) {
            requireValid(i, keypoints.get(i), image);
        }
    }

    private static void requireValid(int index, Keypoint keypoint, Image image) {
        requireInside(index, "x", keypoint.x(), image.width(), image);
        requireInside(index, "y", keypoint.y(), image.height(), image);
        float size = keypoint.size();
        float limit = MAX_SIZE * Math.max(image.width(), image.height());
        if (!(size > 0)) {
            throw invalid(index, "size = " + size + " px is not positive", size + " px", "above 0 px");
        }
        if (size > limit) {
            throw invalid(
                    index,
                    "size = " + size + " px is above " + limit + " px, " + MAX_SIZE + " times the longer side",
                    size + " px",
                    limit + " px");
        }
        if (!Float.isFinite(keypoint.angleDegrees())) {
            throw invalid(index, "angle = " + keypoint.angleDegrees() + " is not finite", keypoint.angleDegrees(), "");
        }
    }

    /// A pixel reaches half a pixel around its centre, so the image reaches from -0.5 to side - 0.5.
    private static void requireInside(int index, String axis, float at, int side, Image image) {
        if (!(at >= -0.5f && at <= side - 0.5f)) {
            String size = image.width() + "x" + image.height();
            throw invalid(index, axis + " = " + at + " px is outside the image (" + size + ")", at + " px", size);
        }
    }

    private static InvalidInput invalid(int index, String why, Object value, Object limit) {
        return new InvalidInput("KEYPOINT_INVALID", "keypoint " + index + ": " + why, value, limit);
    }
}
