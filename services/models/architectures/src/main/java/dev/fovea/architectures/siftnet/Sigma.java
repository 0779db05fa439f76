package dev.fovea.architectures.siftnet;

/// How wide the mask's Gaussian is; `exp(-d^2 / width)` at a distance of d pixels from the centre.
public enum Sigma {
    /// As in hesaff and hesamp: 0.9 times the squared half side.
    HESAMP("hesamp"),
    /// As in VLFeat: the squared side.
    VLFEAT("vlfeat");

    private final String published;

    Sigma(String published) {
        this.published = published;
    }

    double width(int patchSize) {
        double half = patchSize / 2.0;
        return switch (this) {
            case HESAMP -> 0.9 * half * half;
            case VLFEAT -> (double) patchSize * patchSize;
        };
    }

    /// The name in the published code.
    @Override
    public String toString() {
        return published;
    }
}
