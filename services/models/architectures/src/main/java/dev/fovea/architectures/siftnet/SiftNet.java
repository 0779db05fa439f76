package dev.fovea.architectures.siftnet;

/// The options of a SIFTNet and the sizes that follow from them.
///
/// | name here     | published code   | meaning                                       | range        |
/// |---------------|------------------|-----------------------------------------------|--------------|
/// | `patchSize`   | patch_size       | side of a patch, pixels                       | 5 to 256     |
/// | `angularBins` | num_ang_bins     | directions told apart                         | 2 to 36      |
/// | `spatialBins` | num_spatial_bins | cells a side that are asked for               | 1 to 16      |
/// | `clip`        | clipval          | limit of a unit-norm entry before it is renormalised | (0, 1] |
/// | `rootSift`    | rootsift         | whether the square root of L1-normalised entries is taken | |
public record SiftNet(
        int patchSize, int angularBins, int spatialBins, double clip, boolean rootSift, Mask mask, Sigma sigma) {

    static final int MIN_PATCH = 5;
    static final int MAX_PATCH = 256;
    static final int MIN_ANGULAR = 2;
    static final int MAX_ANGULAR = 36;
    static final int MAX_SPATIAL = 16;

    /// @throws IllegalArgumentException if an option is out of range, quoting value and limit
    public SiftNet {
        requireWithin("patch_size", patchSize, MIN_PATCH, MAX_PATCH);
        requireWithin("num_ang_bins", angularBins, MIN_ANGULAR, MAX_ANGULAR);
        requireWithin("num_spatial_bins", spatialBins, 1, MAX_SPATIAL);
        if (!(clip > 0 && clip <= 1)) {
            throw new IllegalArgumentException("clipval " + clip + " is outside (0, 1]");
        }
        if (spatialBins + 1 > patchSize) {
            throw new IllegalArgumentException("num_spatial_bins " + spatialBins + " needs a patch_size of at least "
                    + (spatialBins + 1) + ", found " + patchSize);
        }
    }

    /// As published, for patches of a size.
    public static SiftNet ofSize(int patchSize) {
        return new SiftNet(patchSize, 8, 4, 0.2, false, Mask.CIRCULAR_GAUSS, Sigma.HESAMP);
    }

    public SiftNet withRootSift(boolean wanted) {
        return new SiftNet(patchSize, angularBins, spatialBins, clip, wanted, mask, sigma);
    }

    public SiftNet withMask(Mask wanted) {
        return new SiftNet(patchSize, angularBins, spatialBins, clip, rootSift, wanted, sigma);
    }

    public SiftNet ofPatchSize(int wanted) {
        return new SiftNet(wanted, angularBins, spatialBins, clip, rootSift, mask, sigma);
    }

    /// Side of the window that one cell sees, pixels; even.
    int kernelSize() {
        return 2 * (patchSize / (spatialBins + 1));
    }

    /// Pixels from one cell to the next.
    int stride() {
        return patchSize / spatialBins;
    }

    /// Zeros around the patch.
    int padding() {
        return kernelSize() / 4;
    }

    /// Cells a side that the published window, stride and padding give: `spatialBins` for common sizes, one
    /// more for some (patch 20, 6 bins).
    public int cells() {
        return (patchSize + 2 * padding() - kernelSize()) / stride() + 1;
    }

    /// Length of a descriptor.
    public int dimension() {
        return angularBins * cells() * cells();
    }

    private static void requireWithin(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " " + value + " is outside " + low + " to " + high);
        }
    }
}
