package dev.fovea.tests.integration.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.ScoredLabel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/// The probability of every class, by its index.
final class Probabilities {

    private final double[] values;

    private Probabilities(double[] values) {
        this.values = values;
    }

    /// Of an answer that carries every class.
    ///
    /// @throws AssertionError if it is not best first, or has a class twice or not at all
    static Probabilities of(List<ScoredLabel> labels) {
        double[] values = new double[labels.size()];
        Arrays.fill(values, Double.NaN);
        double before = 1;
        for (ScoredLabel label : labels) {
            assertThat((double) label.getProbability()).as("best first").isBetween(0.0, before);
            before = label.getProbability();
            assertThat(label.getIndex()).as("every class").isLessThan(values.length);
            values[label.getIndex()] = label.getProbability();
        }
        assertThat(Arrays.stream(values).anyMatch(Double::isNaN))
                .as("a class is missing from %s", labels)
                .isFalse();
        return new Probabilities(values);
    }

    /// Of class scores: `exp(s / T)` over its sum.
    static Probabilities softmax(float[] scores, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            largest = Math.max(largest, score);
        }
        double[] values = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp((scores[i] - largest) / temperature);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return new Probabilities(values);
    }

    static Probabilities mean(List<Probabilities> all) {
        double[] values = new double[all.getFirst().values.length];
        for (Probabilities each : all) {
            for (int i = 0; i < values.length; i++) {
                values[i] += each.values[i] / all.size();
            }
        }
        return new Probabilities(values);
    }

    int classes() {
        return values.length;
    }

    double of(int index) {
        return values[index];
    }

    /// The class of the largest probability; of several the first.
    int best() {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /// Largest difference of a probability; NaN differs.
    double distance(Probabilities other) {
        assertThat(other.values).hasSameSizeAs(values);
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.abs(values[i] - other.values[i]));
        }
        return worst;
    }

    FloatBuffer toBuffer() {
        FloatBuffer buffer = FloatBuffer.allocate(values.length);
        for (double value : values) {
            buffer.put((float) value);
        }
        return buffer.flip();
    }
}
