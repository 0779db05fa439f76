package dev.fovea.patches.rpc;

import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.patches.KeypointSource;
import dev.fovea.patches.PatchLimits;
import dev.fovea.patches.wire.KeypointMapping;
import dev.fovea.proto.v1.DenseGridDetector;
import dev.fovea.proto.v1.ImagePatches;
import dev.fovea.proto.v1.SiftDetector;
import java.util.List;

/// Where an image's keypoints come from, checked, with the defaults filled in.
final class KeypointSourceMapping {
    /// OpenCV's default.
    private static final double DEFAULT_CONTRAST_THRESHOLD = 0.04;

    private final PatchLimits limits;

    KeypointSourceMapping(PatchLimits limits) {
        this.limits = limits;
    }

    KeypointSource source(ImagePatches message) {
        return switch (message.getKeypointsCase()) {
            case GIVEN ->
                new KeypointSource.Given(
                        KeypointMapping.keypoints(message.getGiven().getKeypointsList()));
            case SIFT -> new KeypointSource.Detected(sift(message.getSift()));
            case DENSE_GRID -> new KeypointSource.Detected(grid(message.getDenseGrid()));
            case KEYPOINTS_NOT_SET ->
                throw new InvalidInput(
                        "KEYPOINTS_MISSING",
                        "the image has neither given keypoints nor a detector known here (sift, dense_grid)",
                        "",
                        "given, sift, dense_grid");
        };
    }

    private KeypointDetector sift(SiftDetector message) {
        long asked = Integer.toUnsignedLong(message.getMaxKeypoints());
        limits.requireKeypoints(asked);
        double threshold = message.getContrastThreshold();
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new InvalidInput(
                    "CONTRAST_THRESHOLD_INVALID",
                    "contrast threshold " + threshold + " is not a finite number of 0 or more",
                    threshold,
                    ">= 0");
        }
        return new KeypointDetector.Sift(
                asked == 0 ? limits.maxKeypoints() : (int) asked,
                threshold == 0 ? DEFAULT_CONTRAST_THRESHOLD : threshold);
    }

    private KeypointDetector grid(DenseGridDetector message) {
        if (message.getStep() == 0) {
            throw new InvalidInput("GRID_STEP_INVALID", "grid step 0 px is below 1 px", "0 px", ">= 1 px");
        }
        List<Float> sizes = message.getSizesList();
        if (sizes.isEmpty()) {
            throw new InvalidInput("GRID_SIZES_MISSING", "the grid names no keypoint size", 0, ">= 1");
        }
        limits.requirePatches("grid sizes", sizes.size());
        for (int i = 0; i < sizes.size(); i++) {
            requirePositive(i, sizes.get(i));
        }
        // A step beyond 2^31 is one column and one row on any image, as is the largest int.
        int step = message.getStep() < 0 ? Integer.MAX_VALUE : message.getStep();
        return new KeypointDetector.DenseGrid(step, sizes);
    }

    private static void requirePositive(int index, float size) {
        if (!(size > 0) || Float.isInfinite(size)) {
            throw new InvalidInput(
                    "GRID_SIZE_INVALID",
                    "grid size " + index + ": " + size + " px is not a finite number above 0",
                    size + " px",
                    "> 0 px");
        }
    }
}
