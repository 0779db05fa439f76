package dev.fovea.builder.numbers;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Lloyd's k-means with the starts of k-means++.
///
/// Source: Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007; of each step's
/// `2 + ln k` candidates the best is taken, as in its reference implementation and in scikit-learn. A cluster that
/// loses all its samples takes the sample farthest from its own centroid.
///
/// @param clusters at least 1
/// @param restarts how often it starts anew, at least 1; the best run is kept
/// @param maxSteps of one run; it ends sooner when no sample changes its cluster
public record KMeans(int clusters, int restarts, int maxSteps, long seed) {

    /// @throws IllegalArgumentException if a number is below 1
    public KMeans {
        if (clusters < 1 || restarts < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("k-means with " + clusters + " clusters, " + restarts + " restarts and "
                    + maxSteps + " steps: each must be at least 1");
        }
    }

    /// @param centroids one per row
    /// @param inertia sum of the samples' squared distances to their centroids
    public record Clustering(Matrix centroids, double inertia) {}

    /// @param samples one per row; not changed
    /// @param step called after every step
    /// @throws IllegalArgumentException if there are fewer samples than clusters
    public Clustering fit(Matrix samples, Runnable step) {
        if (samples.rows() < clusters) {
            throw new IllegalArgumentException(
                    clusters + " clusters need as many samples; there are " + samples.rows());
        }
        var random = new SplittableRandom(seed);
        Clustering best = run(samples, random.split(), step);
        for (int i = 1; i < restarts; i++) {
            Clustering next = run(samples, random.split(), step);
            best = next.inertia() < best.inertia() ? next : best;
        }
        return best;
    }

    private Clustering run(Matrix samples, SplittableRandom random, Runnable step) {
        var nearest = new NearestCentroids(samples);
        Matrix centroids = start(samples, nearest, random);
        boolean changed = nearest.assign(centroids);
        for (int i = 0; changed && i < maxSteps; i++) {
            move(samples, nearest, centroids);
            changed = nearest.assign(centroids);
            step.run();
        }
        return new Clustering(centroids, nearest.inertia());
    }

    private Matrix start(Matrix samples, NearestCentroids nearest, SplittableRandom random) {
        int[] candidates = new int[2 + (int) Math.log(clusters)];
        Matrix centroids = Matrix.zeros(clusters, samples.columns());
        centroids.setRow(0, samples.row(random.nextInt(samples.rows())));
        double[] least = nearest.distances(centroids.head(1))[0];
        for (int k = 1; k < clusters; k++) {
            for (int c = 0; c < candidates.length; c++) {
                candidates[c] = drawn(least, random);
            }
            double[][] distances = nearest.distances(samples.pick(candidates));
            int best = 0;
            double bestSum = Double.MAX_VALUE;
            for (int c = 0; c < candidates.length; c++) {
                double sum = lowered(distances[c], least);
                if (sum < bestSum) {
                    bestSum = sum;
                    best = c;
                }
            }
            centroids.setRow(k, samples.row(candidates[best]));
            least = distances[best];
        }
        return centroids;
    }

    /// Lowers distances to those known before; their sum.
    private static double lowered(double[] distances, double[] before) {
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.min(distances[i], before[i]);
            sum += distances[i];
        }
        return sum;
    }

    /// An index drawn with probabilities in proportion to the weights; the first one if all are zero.
    private static int drawn(double[] weights, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return 0;
    }

    private static void move(Matrix samples, NearestCentroids nearest, Matrix centroids) {
        int columns = samples.columns();
        double[] sums = new double[centroids.rows() * columns];
        int[] counts = new int[centroids.rows()];
        for (int i = 0; i < samples.rows(); i++) {
            int cluster = nearest.cluster(i);
            counts[cluster]++;
            for (int j = 0; j < columns; j++) {
                sums[cluster * columns + j] += samples.get(i, j);
            }
        }
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0) {
                centroids.setRow(k, samples.row(nearest.takeFarthest()));
                continue;
            }
            for (int j = 0; j < columns; j++) {
                centroids.set(k, j, (float) (sums[k * columns + j] / counts[k]));
            }
        }
    }
}
