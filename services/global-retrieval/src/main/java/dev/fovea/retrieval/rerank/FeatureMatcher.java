package dev.fovea.retrieval.rerank;

import dev.fovea.imaging.OpenCv;
import dev.fovea.imaging.patch.Match;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/// Mutual nearest neighbours in L2 that pass the ratio test, from one matrix of inner products. Stateless:
/// any thread.
///
/// @param maxRatio a match is kept if its distance is below `maxRatio` times the second nearest's; in (0, 1],
///     1 keeps all (Lowe 2004, section 7.1)
record FeatureMatcher(double maxRatio) {

    /// @throws IllegalArgumentException if the ratio is outside (0, 1]
    FeatureMatcher {
        if (!(maxRatio > 0 && maxRatio <= 1)) {
            throw new IllegalArgumentException("match ratio " + maxRatio + " is outside (0, 1]");
        }
    }

    /// In the order of `query`; on a tie the lower row wins.
    ///
    /// @throws IllegalArgumentException if the dimensions differ
    List<Match> match(QuantizedDescriptors query, QuantizedDescriptors train) {
        if (query.dimension() != train.dimension()) {
            throw new IllegalArgumentException("descriptors of dimension " + query.dimension()
                    + " cannot be matched with those of " + train.dimension());
        }
        if (query.count() == 0 || train.count() == 0) {
            return List.of();
        }
        return mutual(squaredDistances(query, train), query.count(), train.count());
    }

    /// `|q|² + |t|² - 2 q t`, row by row of `query`.
    private static float[] squaredDistances(QuantizedDescriptors query, QuantizedDescriptors train) {
        float[] queries = query.values();
        float[] trains = train.values();
        float[] distances = products(queries, trains, query.dimension());
        float[] queryNorms = squaredNorms(queries, query.dimension());
        float[] trainNorms = squaredNorms(trains, query.dimension());
        for (int i = 0; i < queryNorms.length; i++) {
            int row = i * trainNorms.length;
            for (int j = 0; j < trainNorms.length; j++) {
                distances[row + j] = Math.max(0, queryNorms[i] + trainNorms[j] - 2 * distances[row + j]);
            }
        }
        return distances;
    }

    private static float[] products(float[] queries, float[] trains, int dimension) {
        OpenCv.load();
        Mat left = new Mat(queries.length / dimension, dimension, CvType.CV_32F);
        Mat right = new Mat(trains.length / dimension, dimension, CvType.CV_32F);
        Mat none = new Mat();
        Mat products = new Mat();
        try {
            left.put(0, 0, queries);
            right.put(0, 0, trains);
            Core.gemm(left, right, 1, none, 0, products, Core.GEMM_2_T);
            float[] values = new float[left.rows() * right.rows()];
            products.get(0, 0, values);
            return values;
        } finally {
            left.release();
            right.release();
            none.release();
            products.release();
        }
    }

    private static float[] squaredNorms(float[] rows, int dimension) {
        float[] norms = new float[rows.length / dimension];
        for (int i = 0; i < rows.length; i++) {
            norms[i / dimension] += rows[i] * rows[i];
        }
        return norms;
    }

    private List<Match> mutual(float[] distances, int queries, int trains) {
        int[] back = nearestQueries(distances, queries, trains);
        double squaredRatio = maxRatio * maxRatio;
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            int best = -1;
            float nearest = Float.POSITIVE_INFINITY;
            float second = Float.POSITIVE_INFINITY;
            for (int j = 0, at = i * trains; j < trains; j++, at++) {
                float distance = distances[at];
                if (distance < nearest) {
                    second = nearest;
                    nearest = distance;
                    best = j;
                } else if (distance < second) {
                    second = distance;
                }
            }
            boolean distinct = maxRatio == 1 || trains < 2 || nearest < squaredRatio * second;
            if (best >= 0 && back[best] == i && distinct) {
                matches.add(new Match(i, best, (float) Math.sqrt(nearest)));
            }
        }
        return List.copyOf(matches);
    }

    private static int[] nearestQueries(float[] distances, int queries, int trains) {
        int[] nearest = new int[trains];
        float[] least = new float[trains];
        java.util.Arrays.fill(least, Float.POSITIVE_INFINITY);
        for (int i = 0; i < queries; i++) {
            for (int j = 0, at = i * trains; j < trains; j++, at++) {
                if (distances[at] < least[j]) {
                    least[j] = distances[at];
                    nearest[j] = i;
                }
            }
        }
        return nearest;
    }
}
