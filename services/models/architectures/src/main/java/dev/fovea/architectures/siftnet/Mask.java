package dev.fovea.architectures.siftnet;

/// How pixels are weighted by their place in the patch.
public enum Mask {
    /// A Gaussian, zero outside the circle that touches the patch's sides.
    CIRCULAR_GAUSS("CircularGauss"),
    /// A Gaussian.
    GAUSS("Gauss"),
    /// Every pixel the same.
    UNIFORM("Uniform");

    private final String published;

    Mask(String published) {
        this.published = published;
    }

    /// The name in the published code.
    @Override
    public String toString() {
        return published;
    }
}
