package dev.fovea.repository;

/// How an image becomes one of the model's size.
public sealed interface ResizeRule {

    /// Both sides scaled to the model's, whatever the proportions.
    record Stretch() implements ResizeRule {}

    /// Scaled until the shorter side has this length, proportions kept; then the centre is cut out.
    ///
    /// @param shorterSidePx at least the model's longer side, so that the cut lies inside
    record CropCentre(int shorterSidePx) implements ResizeRule {}

    /// Scaled until it fits, proportions kept; the rest is filled evenly on both sides.
    ///
    /// @param grey value of the filling, 0 to 255
    record Pad(int grey) implements ResizeRule {

        /// @throws IllegalArgumentException if the grey value is out of range
        public Pad {
            if (grey < 0 || grey > 255) {
                throw new IllegalArgumentException("grey value " + grey + " is outside 0 to 255");
            }
        }
    }
}
