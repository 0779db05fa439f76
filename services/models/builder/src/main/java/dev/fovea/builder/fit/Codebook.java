package dev.fovea.builder.fit;

import dev.fovea.architectures.weights.HeldTensor;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.builder.numbers.Matrix;
import java.util.Map;
import java.util.TreeMap;

/// Visual words as the tensors of a NetVLAD layer.
///
/// Source: Arandjelović et al., "NetVLAD", arXiv:1511.07247, eq. (3) and appendix A: the assignment
/// `exp(-alpha |x - c|^2)` becomes a convolution of weights `2 alpha c` and biases `-alpha |c|^2`, and alpha is such
/// that the nearest word gets on average 100 times the weight of the second nearest. As in `Nanne/pytorch-NetVlad`,
/// the average is taken of the differences of squared distances: `alpha = ln 100 / mean(d2^2 - d1^2)`.
final class Codebook {

    private static final double RATIO = 100;

    private final Matrix words;
    private final double alpha;

    private Codebook(Matrix words, double alpha) {
        this.words = words;
        this.alpha = alpha;
    }

    /// @param words one per row
    /// @param samples local features, one per row
    /// @throws IllegalArgumentException if no sample is nearer to one word than to all others
    static Codebook of(Matrix words, Matrix samples) {
        double gaps = 0;
        for (int i = 0; i < samples.rows(); i++) {
            gaps += gap(samples.row(i), words);
        }
        double mean = gaps / samples.rows();
        if (!(mean > 0)) {
            throw new IllegalArgumentException(
                    words.rows() + " visual words do not differ: the images' local features are all alike");
        }
        return new Codebook(words, Math.log(RATIO) / mean);
    }

    /// By how much the second nearest word is farther, in squared distance; 1 of a single word, whose share is all.
    private static double gap(float[] sample, Matrix words) {
        double first = Double.MAX_VALUE;
        double second = Double.MAX_VALUE;
        for (int k = 0; k < words.rows(); k++) {
            double distance = 0;
            for (int j = 0; j < sample.length; j++) {
                double difference = (double) sample[j] - words.get(k, j);
                distance += difference * difference;
            }
            if (distance < first) {
                second = first;
                first = distance;
            } else {
                second = Math.min(second, distance);
            }
        }
        return second == Double.MAX_VALUE ? 1 : second - first;
    }

    /// How sharply features are assigned.
    double alpha() {
        return alpha;
    }

    /// `pool.centroids` (K, D), `pool.conv.weight` (K, D, 1, 1) and, if the layer has one, `pool.conv.bias` (K).
    Map<String, WeightTensor> tensors(boolean bias) {
        int count = words.rows();
        int depth = words.columns();
        float[] weights = words.toArray();
        float[] biases = new float[count];
        for (int k = 0; k < count; k++) {
            double square = 0;
            for (int j = 0; j < depth; j++) {
                square += (double) words.get(k, j) * words.get(k, j);
                weights[k * depth + j] = (float) (2 * alpha * words.get(k, j));
            }
            biases[k] = (float) (-alpha * square);
        }
        Map<String, WeightTensor> tensors = new TreeMap<>();
        tensors.put("pool.centroids", HeldTensor.of(words.toArray(), count, depth));
        tensors.put("pool.conv.weight", HeldTensor.of(weights, count, depth, 1, 1));
        if (bias) {
            tensors.put("pool.conv.bias", HeldTensor.of(biases, count));
        }
        return tensors;
    }
}
