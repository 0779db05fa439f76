package dev.fovea.repository;

/// Square grey patches around keypoints.
///
/// @param patchSize side of a patch, pixels, at least 2
/// @param magnification side of the sampled square over the keypoint's radius (half of OpenCV's `size`); 12
///     by default
public record PatchPreprocessing(int patchSize, double magnification) implements PreprocessingSpec {

    /// As models of local descriptors are commonly trained: six times the keypoint's scale on either side.
    public static final double DEFAULT_MAGNIFICATION = 12.0;

    /// @throws IllegalArgumentException if a value is out of range
    public PatchPreprocessing {
        if (patchSize < 2) {
            throw new IllegalArgumentException("patch size " + patchSize + " is below 2");
        }
        if (!(magnification > 0) || Double.isInfinite(magnification)) {
            throw new IllegalArgumentException("magnification " + magnification + " is not positive and finite");
        }
    }
}
