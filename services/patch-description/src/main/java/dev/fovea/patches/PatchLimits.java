package dev.fovea.patches;

import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.inference.failure.InvalidInput;

/// How much one request may ask for.
///
/// @param maxPatches patches, given keypoints, grid positions or descriptors of one call; 1 to 65,536, default 4,096
/// @param maxKeypoints keypoints that SIFT may return; 1 to `maxPatches`, default 1,000
public record PatchLimits(int maxPatches, int maxKeypoints) {
    private static final int MOST_PATCHES = 65_536;

    /// @throws IllegalArgumentException if a limit is outside its range
    public PatchLimits {
        requireRange("patches a call", maxPatches, MOST_PATCHES);
        requireRange("keypoints detected", maxKeypoints, maxPatches);
    }

    /// 4,096 patches, 1,000 keypoints.
    public static PatchLimits defaults() {
        return new PatchLimits(4_096, 1_000);
    }

    /// @param what for the message: `patches sent`
    /// @throws InvalidInput `TOO_MANY_PATCHES`
    public void requirePatches(String what, long count) {
        if (count > maxPatches) {
            throw new InvalidInput(
                    "TOO_MANY_PATCHES",
                    count + " " + what + "; the limit is " + maxPatches + " a call",
                    count,
                    maxPatches);
        }
    }

    /// Checks what can be checked before the image is there.
    ///
    /// @throws InvalidInput `TOO_MANY_PATCHES` or `TOO_MANY_KEYPOINTS`
    void require(KeypointSource source) {
        switch (source) {
            case KeypointSource.Given given ->
                requirePatches("keypoints given", given.keypoints().size());
            case KeypointSource.Detected(KeypointDetector.Sift sift) -> requireKeypoints(sift.maxKeypoints());
            case KeypointSource.Detected(KeypointDetector.DenseGrid _) -> {} // the image's size decides
        }
    }

    /// Checks a grid before its keypoints are made: a small step on a large image would be millions.
    ///
    /// @throws InvalidInput `TOO_MANY_PATCHES`
    void requireGrid(KeypointDetector.DenseGrid grid, int widthPx, int heightPx) {
        long columns = (widthPx - 1L) / grid.step() + 1;
        long rows = (heightPx - 1L) / grid.step() + 1;
        requirePatches(
                "grid keypoints (" + columns + " x " + rows + " positions, "
                        + grid.sizes().size() + " sizes)",
                columns * rows * grid.sizes().size());
    }

    /// @throws InvalidInput `TOO_MANY_KEYPOINTS`
    public void requireKeypoints(long asked) {
        if (asked > maxKeypoints) {
            throw new InvalidInput(
                    "TOO_MANY_KEYPOINTS",
                    asked + " keypoints asked of the detector; the limit is " + maxKeypoints,
                    asked,
                    maxKeypoints);
        }
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("limit of " + what + " is " + value + ", outside 1 to " + most);
        }
    }
}
