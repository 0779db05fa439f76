package dev.fovea.architectures.s3n;

import java.util.Locale;

/// Which peaks make which of the two resampled images; the published code's `p`.
enum Sampling {
    /// Every peak makes both (0).
    ALL,
    /// A peak whose score is above its random number makes the zoomed image, else the complementary one (1,
    /// as in training).
    RANDOM,
    /// The highest peak makes the zoomed image, the lowest the complementary one (2, as in evaluation).
    EXTREME;

    /// As users type it: `extreme`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
