package dev.fovea.builder.evaluate.patches;

import java.util.Arrays;

/// Figures of a ranking by distance, nearest first. Where distances are equal, what is wrong comes first.
final class RankingMetrics {

    private static final double RECALL = 0.95;

    private RankingMetrics() {}

    /// Area under precision over recall, by trapezoids from (0, 1) on.
    ///
    /// Source: Balntas et al. 2017, arXiv:1704.05939, section 5; by trapezoids as in hpatches-benchmark,
    /// `python/utils/metrics.py` (`pr`).
    ///
    /// @param distances of what is ranked
    /// @param right whether each is right
    /// @param all how many are right in all; more than are ranked where some cannot be found
    /// @return 0 to 1
    /// @throws IllegalArgumentException if there is nothing right to find, or less than is ranked
    static double averagePrecision(float[] distances, boolean[] right, int all) {
        long[] ranked = new long[distances.length];
        for (int i = 0; i < ranked.length; i++) {
            // The bits of positive floats are in the floats' order.
            ranked[i] = (long) Float.floatToIntBits(distances[i]) << 1 | (right[i] ? 1 : 0);
        }
        Arrays.sort(ranked);
        int found = 0;
        double area = 0;
        double before = 1;
        for (int rank = 0; rank < ranked.length; rank++) {
            boolean hit = (ranked[rank] & 1) == 1;
            found += hit ? 1 : 0;
            double precision = (double) found / (rank + 1);
            if (hit) {
                area += (before + precision) / 2;
            }
            before = precision;
        }
        if (all < 1 || found > all) {
            throw new IllegalArgumentException(found + " of " + all + " right ones are ranked");
        }
        return area / all;
    }

    /// Share of the wrong pairs that are at most as far apart as the nearest 95 % of the right ones.
    ///
    /// Source: Brown, Hua, Winder 2011, "Discriminative Learning of Local Image Descriptors", section 2.
    ///
    /// @param right distances of pairs that belong together, at least one
    /// @param wrong distances of pairs that do not, at least one
    /// @return 0 to 1
    static double falsePositivesAt95(float[] right, float[] wrong) {
        float[] ascending = right.clone();
        Arrays.sort(ascending);
        float limit = ascending[(int) Math.ceil(RECALL * ascending.length) - 1];
        int accepted = 0;
        for (float distance : wrong) {
            accepted += distance <= limit ? 1 : 0;
        }
        return (double) accepted / wrong.length;
    }
}
