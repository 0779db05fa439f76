package dev.fovea.classification;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How likely each class is. Immutable.
///
/// **Shape:** (classes). **Range:** 0 to 1, summing to 1; float64.
final class ClassScores {
    private final double[] probabilities;

    private ClassScores(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /// `softmax(x / T)` of logits x; of probabilities p `softmax(ln p / T)`, which is p itself for T = 1 and p that
    /// sum to 1. Shifted by the largest logit, so nothing overflows.
    ///
    /// @param scores finite, at least one; probabilities at least 0
    /// @param temperature T, above 0
    /// @throws ArithmeticException if a probability is negative or all are 0
    static ClassScores of(float[] scores, ScoreScale scale, double temperature) {
        double[] values = new double[scores.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            values[i] = scale.logit(scores[i]) / temperature;
            if (Double.isNaN(values[i])) {
                throw new ArithmeticException("probability " + scores[i] + " of class " + i + " is below 0");
            }
            largest = Math.max(largest, values[i]);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            throw new ArithmeticException("the probabilities of all " + scores.length + " classes are 0");
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i] - largest);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return new ClassScores(values);
    }

    /// Of views, or of models.
    ///
    /// @param scores at least one, all of as many classes
    static ClassScores mean(List<ClassScores> scores) {
        double[] sums = new double[scores.getFirst().probabilities.length];
        for (ClassScores each : scores) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += each.probabilities[i];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= scores.size();
        }
        return new ClassScores(sums);
    }

    int count() {
        return probabilities.length;
    }

    double get(int index) {
        return probabilities[index];
    }

    /// Best first; of classes that are equally likely the one of the lower index.
    ///
    /// @param labels of an index
    List<ScoredLabel> best(ScoreRule rule, IntFunction<String> labels) {
        return IntStream.range(0, probabilities.length)
                .filter(index -> (float) probabilities[index] >= rule.minProbability())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> -probabilities[index]))
                .limit(rule.topK())
                .map(index -> new ScoredLabel(index, labels.apply(index), (float) probabilities[index]))
                .toList();
    }
}
