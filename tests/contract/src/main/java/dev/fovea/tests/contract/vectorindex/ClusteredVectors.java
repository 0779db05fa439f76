package dev.fovea.tests.contract.vectorindex;

import dev.fovea.vectorindex.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Unit vectors in clusters, as embeddings of photographs lie: about twenty around each of the centres.
final class ClusteredVectors {

    private static final int PER_CLUSTER = 20;

    /// Length of a vector's distance from its centre, over the centre's.
    private static final double SPREAD = 0.7;

    private final Random random;
    private final List<Embedding> centres;
    private final List<Embedding> vectors;

    ClusteredVectors(int count, int dimension, long seed) {
        this.random = new Random(seed);
        this.centres = IntStream.rangeClosed(0, count / PER_CLUSTER)
                .mapToObj(_ -> gaussian(dimension))
                .toList();
        this.vectors = around(count);
    }

    Embedding get(int i) {
        return vectors.get(i);
    }

    /// Vectors of the same clusters that are none of these.
    List<Embedding> queries(int count) {
        return around(count);
    }

    /// The k with the largest inner products.
    List<Integer> nearest(Embedding query, int[] among, int k) {
        return Arrays.stream(among)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -query.dot(vectors.get(i))))
                .limit(k)
                .toList();
    }

    private List<Embedding> around(int count) {
        List<Embedding> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            float[] vector = centres.get(random.nextInt(centres.size())).toArray();
            float[] aside = gaussian(vector.length).lent();
            for (int j = 0; j < vector.length; j++) {
                vector[j] += (float) SPREAD * aside[j];
            }
            made.add(Embedding.normalized(vector));
        }
        return made;
    }

    private Embedding gaussian(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
