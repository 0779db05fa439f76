package dev.fovea.tests.load;

import java.util.Arrays;

/// Order statistics of measurements.
final class Samples {

    private Samples() {}

    static double median(double... values) {
        return quantile(0.5, values);
    }

    /// The nearest-rank quantile: the smallest value that at least the share `q` of all values does not exceed.
    ///
    /// @throws IllegalArgumentException without values
    static double quantile(double q, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurement");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(q * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    /// Largest minus smallest over the median: how far repetitions disagree.
    static double spread(double... values) {
        return (quantile(1, values) - quantile(0, values)) / median(values);
    }
}
