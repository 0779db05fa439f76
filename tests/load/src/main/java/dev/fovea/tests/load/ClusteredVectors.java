package dev.fovea.tests.load;

import dev.fovea.vectorindex.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Unit vectors in clusters, as embeddings of photographs lie: nearest neighbours are those of the same cluster.
final class ClusteredVectors {

    private static final int CLUSTERS = 1000;

    /// Length of a vector's distance from its centre, over the centre's.
    private static final double SPREAD = 0.7;

    private final SplittableRandom random;
    private final List<float[]> centres;

    ClusteredVectors(int dimension, long seed) {
        this.random = new SplittableRandom(seed);
        this.centres =
                IntStream.range(0, CLUSTERS).mapToObj(_ -> gaussian(dimension)).toList();
    }

    /// Further ones of the same clusters.
    List<Embedding> around(int count) {
        List<Embedding> vectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            float[] centre = centres.get(random.nextInt(CLUSTERS));
            float[] vector = gaussian(centre.length);
            for (int j = 0; j < vector.length; j++) {
                vector[j] = centre[j] + (float) SPREAD * vector[j];
            }
            vectors.add(Embedding.normalized(vector));
        }
        return vectors;
    }

    private float[] gaussian(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector).lent();
    }
}
