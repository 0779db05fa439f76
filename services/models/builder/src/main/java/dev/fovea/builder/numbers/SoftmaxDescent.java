package dev.fovea.builder.numbers;

import java.util.Arrays;

/// Steps towards the minimum of the mean cross entropy of a softmax over linear scores, plus half the weights'
/// squares times a strength.
///
/// Source: Böhning, "Multinomial logistic regression algorithm", Annals of the Institute of Statistical Mathematics
/// 1992: half the samples' second moments bound the curvature from above, so a step of the gradient over that bound
/// never overshoots. Along principal components the moments are a diagonal, and the division is one per weight. On
/// top of it the momentum of Nesterov 1983, begun anew where it points uphill (O'Donoghue and Candès 2015,
/// arXiv:1204.3982, gradient scheme).
///
/// Mutable, for one thread.
final class SoftmaxDescent {

    private static final double BOUND = 0.5;

    private final Matrix samples;
    private final int[] labels;
    private final int classes;
    private final double strength;
    private final double[] stepSizes;
    private Matrix weights; // (components + 1, classes), the bias last
    private Matrix ahead;
    private double momentum = 1;

    /// @param samples coordinates along principal components, and a last column of ones
    /// @param moments an upper bound of the samples' mean squares, by column
    /// @param strength of the penalty; the bias has none
    SoftmaxDescent(Matrix samples, int[] labels, int classes, double[] moments, double strength) {
        this.samples = samples;
        this.labels = labels.clone();
        this.classes = classes;
        this.strength = strength;
        this.stepSizes = new double[moments.length];
        for (int j = 0; j < moments.length; j++) {
            stepSizes[j] = 1 / (BOUND * moments[j] + penalty(j));
        }
        this.weights = Matrix.zeros(samples.columns(), classes);
        this.ahead = weights;
    }

    void step() {
        Matrix gradient = gradient();
        Matrix next = Matrix.zeros(weights.rows(), classes);
        double uphill = 0;
        for (int j = 0; j < weights.rows(); j++) {
            for (int c = 0; c < classes; c++) {
                double slope = gradient.get(j, c) + penalty(j) * ahead.get(j, c);
                double value = ahead.get(j, c) - stepSizes[j] * slope;
                next.set(j, c, (float) value);
                uphill += slope * (value - weights.get(j, c));
            }
        }
        double nextMomentum = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
        double share = uphill > 0 ? 0 : (momentum - 1) / nextMomentum;
        Matrix nextAhead = Matrix.zeros(weights.rows(), classes);
        for (int j = 0; j < weights.rows(); j++) {
            for (int c = 0; c < classes; c++) {
                double value = next.get(j, c);
                nextAhead.set(j, c, (float) (value + share * (value - weights.get(j, c))));
            }
        }
        momentum = nextMomentum;
        weights = next;
        ahead = nextAhead;
    }

    /// (components + 1, classes), the bias last.
    Matrix weights() {
        return weights;
    }

    private double penalty(int column) {
        return column == stepSizes.length - 1 ? 0 : strength;
    }

    private Matrix gradient() {
        Matrix errors = Blas.product(samples, ahead);
        toProbabilities(errors);
        for (int i = 0; i < errors.rows(); i++) {
            errors.set(i, labels[i], errors.get(i, labels[i]) - 1);
            for (int c = 0; c < classes; c++) {
                errors.set(i, c, errors.get(i, c) / errors.rows());
            }
        }
        return Blas.transposedProduct(samples, errors);
    }

    /// Mean cross entropy of weights on samples, nats.
    static double loss(Matrix samples, int[] labels, Matrix weights) {
        Matrix probabilities = Blas.product(samples, weights);
        toProbabilities(probabilities);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum -= Math.log(Math.max(probabilities.get(i, labels[i]), Float.MIN_NORMAL));
        }
        return sum / labels.length;
    }

    private static void toProbabilities(Matrix scores) {
        double[] powers = new double[scores.columns()];
        for (int i = 0; i < scores.rows(); i++) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < powers.length; c++) {
                largest = Math.max(largest, scores.get(i, c));
            }
            for (int c = 0; c < powers.length; c++) {
                powers[c] = Math.exp(scores.get(i, c) - largest);
            }
            double sum = Arrays.stream(powers).sum();
            for (int c = 0; c < powers.length; c++) {
                scores.set(i, c, (float) (powers[c] / sum));
            }
        }
    }
}
