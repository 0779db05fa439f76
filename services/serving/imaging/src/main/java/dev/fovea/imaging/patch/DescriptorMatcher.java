package dev.fovea.imaging.patch;

import dev.fovea.imaging.OpenCv;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.repository.ElementType;
import java.util.ArrayList;
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
        Nearest forward = Nearest.of(query, train, 2);
        int[] back = mutual ? Nearest.of(train, query, 1).rows : new int[0];
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < query.rows(); i++) {
            int best = forward.row(i);
            // A descriptor of NaNs is near to nothing.
            if (best >= 0 && forward.isDistinct(i, maxRatio) && (!mutual || back[best] == i)) {
                matches.add(new Match(i, best, forward.distance(i)));
            }
        }
        return List.copyOf(matches);
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

    /// The `k` nearest rows of one set for each row of another, nearest first.
    private static final class Nearest {

        private final int k;
        private final int[] rows;
        private final float[] distances;

        private Nearest(int k, int queries) {
            this.k = k;
            this.rows = new int[queries * k];
            this.distances = new float[queries * k];
        }

        static Nearest of(Tensor from, Tensor to, int wanted) {
            int k = Math.min(wanted, to.rows());
            Mat queries = new Mat(from.rows(), from.itemBytes() / Float.BYTES, CvType.CV_32F, from.bytes());
            Mat trains = new Mat(to.rows(), to.itemBytes() / Float.BYTES, CvType.CV_32F, to.bytes());
            Mat distances = new Mat();
            Mat indices = new Mat();
            try {
                Core.batchDistance(queries, trains, distances, CvType.CV_32F, indices, Core.NORM_L2, k);
                Nearest nearest = new Nearest(k, from.rows());
                indices.get(0, 0, nearest.rows);
                distances.get(0, 0, nearest.distances);
                return nearest;
            } finally {
                queries.release();
                trains.release();
                distances.release();
                indices.release();
            }
        }

        int row(int query) {
            return rows[query * k];
        }

        float distance(int query) {
            return distances[query * k];
        }

        boolean isDistinct(int query, double maxRatio) {
            return k < 2 || maxRatio == 1 || distance(query) < maxRatio * distances[query * k + 1];
        }
    }
}
