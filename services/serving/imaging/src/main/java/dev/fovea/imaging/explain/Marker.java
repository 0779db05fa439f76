package dev.fovea.imaging.explain;

/// A point of an image to which attention is drawn.
///
/// @param x pixels of the image, centres at integers; may lie outside, then nothing is drawn
/// @param y pixels of the image, likewise
/// @param strength 0 to 1: how large and bright it is drawn
public record Marker(double x, double y, float strength) {

    /// @throws IllegalArgumentException if the point is not finite or the strength is out of range
    public Marker {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("marker at (" + x + ", " + y + ") of strength " + strength
                    + ": the point must be finite and the strength 0 to 1");
        }
    }
}
