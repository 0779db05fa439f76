package dev.fovea.imaging.patch;

import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.repository.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/// Brute-force nearest neighbours in L2. Stateless: any thread.
///
/// @param maxRatio a match is kept if its distance is below `maxRatio` times the second nearest's; in (0, 1], 1 keeps
///     all; commonly 0.8 (Lowe 2004, section 7.1)
/// @param mutual whether each must be the other's nearest
public record DescriptorMatcher(double maxRatio, boolean mutual) {

    /// Rows of the query compared at once, which bounds the distance matrix to this many times M floats.
    private static final int BLOCK = 256;

    /// @throws IllegalArgumentException if the ratio is outside (0, 1]
    public DescriptorMatcher {
        if (!(maxRatio > 0 && maxRatio <= 1)) {
            throw new IllegalArgumentException("match ratio " + maxRatio + " is outside (0, 1]");
        }
    }

    /// The matches of two FLOAT32 tensors (N, D) and (M, D), in order of `query`. On a tie the lower row wins.
    ///
    /// @throws InvalidInput `DESCRIPTOR_SHAPE` if the dimensions differ or the elements are not FLOAT32
    public List<Match> match(Tensor query, Tensor train) {
        requireSameShape(query, train);
        if (query.rows() == 0 || train.rows() == 0) {
            return List.of();
        }
        OpenCv.load();
        Nearest nearest = nearest(query, train);
        return nearest.matches(maxRatio, mutual);
    }

    private static Nearest nearest(Tensor query, Tensor train) {
        Nearest nearest = new Nearest(query.rows(), train.rows());
        int dimension = query.itemBytes() / Float.BYTES;
        Mat all = new Mat(train.rows(), dimension, CvType.CV_32F, train.bytes());
        Mat distances = new Mat();
        float[] row = new float[train.rows()];
        try {
            for (int from = 0; from < query.rows(); from += BLOCK) {
                int to = Math.min(from + BLOCK, query.rows());
                Mat block = new Mat(to - from, dimension, CvType.CV_32F, query.bytes(from, to));
                Core.batchDistance(block, all, distances, CvType.CV_32F, new Mat(), Core.NORM_L2);
                for (int i = from; i < to; i++) {
                    distances.get(i - from, 0, row);
                    nearest.add(i, row);
                }
                block.release();
            }
            return nearest;
        } finally {
            all.release();
            distances.release();
        }
    }

    private static void requireSameShape(Tensor query, Tensor train) {
        if (query.elementType() != ElementType.FLOAT32 || train.elementType() != ElementType.FLOAT32) {
            throw new InvalidInput(
                    "DESCRIPTOR_SHAPE",
                    "descriptors are " + query.elementType() + " and " + train.elementType() + ", not FLOAT32");
        }
        if (!query.itemShape().equals(train.itemShape())) {
            throw new InvalidInput(
                    "DESCRIPTOR_SHAPE",
                    "descriptors of shape " + query.itemShape() + " cannot be matched with " + train.itemShape(),
                    query.itemShape(),
                    train.itemShape());
        }
    }

    /// The two nearest train rows of each query row, and the nearest query row of each train row.
    private static final class Nearest {

        private final int[] best;
        private final float[] distance;
        private final float[] second;
        private final int[] bestOfTrain;
        private final float[] distanceOfTrain;

        Nearest(int queries, int trains) {
            best = new int[queries];
            distance = new float[queries];
            second = new float[queries];
            bestOfTrain = new int[trains];
            distanceOfTrain = new float[trains];
            Arrays.fill(distance, Float.POSITIVE_INFINITY);
            Arrays.fill(second, Float.POSITIVE_INFINITY);
            Arrays.fill(distanceOfTrain, Float.POSITIVE_INFINITY);
        }

        void add(int query, float[] distances) {
            for (int train = 0; train < distances.length; train++) {
                float d = distances[train];
                if (d < distance[query]) {
                    second[query] = distance[query];
                    distance[query] = d;
                    best[query] = train;
                } else if (d < second[query]) {
                    second[query] = d;
                }
                if (d < distanceOfTrain[train]) {
                    distanceOfTrain[train] = d;
                    bestOfTrain[train] = query;
                }
            }
        }

        List<Match> matches(double maxRatio, boolean mutual) {
            List<Match> matches = new ArrayList<>();
            for (int query = 0; query < best.length; query++) {
                boolean distinct = maxRatio == 1 || distance[query] < maxRatio * second[query];
                // NaN descriptors are nearest to nothing: their distance stays infinite.
                if (distinct
                        && distance[query] < Float.POSITIVE_INFINITY
                        && (!mutual || bestOfTrain[best[query]] == query)) {
                    matches.add(new Match(query, best[query], distance[query]));
                }
            }
            return matches;
        }
    }
}
