package dev.fovea.architectures.siftnet;

import java.util.Arrays;

/// Soft binning of an angle without comparing it to each bin.
///
/// The published code gives a magnitude to the two nearest bins, linearly: bin k gets `max(0, 1 - |o - k|)`
/// of it, o the angle in bins. With the ramp `r_k = clip(o - k, 0, 1)` that is `r_(k-1) - r_k`, a
/// difference, which may as well be taken after pooling, of A + 1 small vectors instead of A + 1 images.
/// Where a bin gets nothing the two ramps are equal bit by bit, so the difference is zero and no rounding
/// shows, which RootSIFT would magnify.
///
/// Angles run from -A/4 to 3A/4; the first ramp is the constant 1.
///
/// @param bins A
record AngularRamps(int bins) {

    /// Ramps, the constant one included.
    int count() {
        return 1 + highest() - lowest();
    }

    /// The lowest bin an angle can touch.
    private int lowest() {
        return Math.floorDiv(-bins, 4);
    }

    /// The highest bin an angle can touch.
    private int highest() {
        return -Math.floorDiv(-3 * bins, 4);
    }

    /// Factor of the angle in each ramp.
    float[] slopes() {
        float[] slopes = new float[count()];
        Arrays.fill(slopes, 1);
        slopes[0] = 0;
        return slopes;
    }

    /// What is added to the angle in each ramp.
    float[] offsets() {
        float[] offsets = new float[count()];
        offsets[0] = 1;
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = 1 - i - lowest();
        }
        return offsets;
    }

    /// Matrix from pooled ramps to bins.
    ///
    /// **Shape:** (A, R).
    float[] toBins() {
        float[] matrix = new float[bins * count()];
        for (int i = 0; i < count(); i++) {
            int bin = Math.floorMod(lowest() + i, bins);
            matrix[bin * count() + i] += 1; // the ramp that ends at this bin
            if (i + 1 < count()) {
                matrix[bin * count() + i + 1] -= 1; // the ramp that starts at it
            }
        }
        return matrix;
    }
}
