package dev.fovea.builder.numbers;

import java.util.Arrays;

/// Which centroid is nearest to each sample, and how far it is.
///
/// Mutable, for one thread.
final class NearestCentroids {

    /// Samples whose distances are computed at once.
    private static final int BLOCK = 4096;

    private final Matrix samples;
    private final double[] halfNorms;
    private final int[] clusters;
    private final double[] distances;

    NearestCentroids(Matrix samples) {
        this.samples = samples;
        this.halfNorms = halfNorms(samples);
        this.clusters = new int[samples.rows()];
        this.distances = new double[samples.rows()];
        Arrays.fill(clusters, -1);
    }

    /// Whether any sample has another cluster than before.
    boolean assign(Matrix centroids) {
        boolean[] changed = new boolean[1];
        double[] halves = halfNorms(centroids);
        eachProduct(centroids, (row, products, at) -> {
            int best = 0;
            double least = Double.MAX_VALUE;
            for (int k = 0; k < halves.length; k++) {
                double half = halves[k] - products.get(at, k);
                if (half < least) {
                    least = half;
                    best = k;
                }
            }
            distances[row] = Math.max(0, 2 * (least + halfNorms[row]));
            changed[0] |= clusters[row] != best;
            clusters[row] = best;
        });
        return changed[0];
    }

    /// Squared distances of all samples to each of a few centres.
    double[][] distances(Matrix centres) {
        double[][] result = new double[centres.rows()][samples.rows()];
        double[] halves = halfNorms(centres);
        eachProduct(centres, (row, products, at) -> {
            for (int k = 0; k < halves.length; k++) {
                result[k][row] = Math.max(0, 2 * (halfNorms[row] + halves[k] - products.get(at, k)));
            }
        });
        return result;
    }

    int cluster(int row) {
        return clusters[row];
    }

    double inertia() {
        return Arrays.stream(distances).sum();
    }

    /// The sample worst served, which thereby is served perfectly.
    int takeFarthest() {
        int farthest = 0;
        for (int i = 1; i < distances.length; i++) {
            farthest = distances[i] > distances[farthest] ? i : farthest;
        }
        distances[farthest] = 0;
        return farthest;
    }

    /// What is done with the products of one sample, row `at` of `products`.
    @FunctionalInterface
    private interface ProductRow {

        void take(int row, Matrix products, int at);
    }

    private void eachProduct(Matrix centroids, ProductRow taker) {
        for (int from = 0; from < samples.rows(); from += BLOCK) {
            int count = Math.min(BLOCK, samples.rows() - from);
            Matrix products = Matrix.zeros(count, centroids.rows());
            Blas.productTransposed(samples.range(from, count), centroids, products);
            for (int i = 0; i < count; i++) {
                taker.take(from + i, products, i);
            }
        }
    }

    private static double[] halfNorms(Matrix rows) {
        double[] norms = new double[rows.rows()];
        for (int i = 0; i < norms.length; i++) {
            double sum = 0;
            for (int j = 0; j < rows.columns(); j++) {
                sum += (double) rows.get(i, j) * rows.get(i, j);
            }
            norms[i] = sum / 2;
        }
        return norms;
    }
}
