package dev.fovea.builder.numbers;

import java.util.Arrays;

/// Multinomial logistic regression with an L2 penalty, for a few thousand samples of any number of features.
///
/// A solution lies in the span of the samples, so the features are turned onto its principal components first: a
/// problem of 800 samples with 100,000 features becomes one of 799. That changes nothing of the answer (up to
/// [PrincipalComponents#MAX_EXACT] samples) and makes every step cheap. Features are scaled as a whole to a mean square
/// of one, so that strengths mean the same for all kinds of features.
///
/// Strength and number of steps are chosen on a fifth of the samples that is held back for it, then everything is
/// fitted to all samples. With a single sample in some class the choice is made on the other classes.
///
/// @param maxSteps at most, for one strength
/// @param seed decides which samples are held back
public record LogisticRegression(int maxSteps, long seed) {

    /// Tried from strong to weak.
    private static final double[] STRENGTHS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};

    /// Steps without a better loss on what is held back, after which a strength is given up.
    private static final int PATIENCE = 20;

    private static final double SHARE = 0.8;

    /// Along components of a choice of samples the moments of all are no diagonal; this much more bounds them.
    private static final double INEXACT = 4;

    /// What was fitted and how it was chosen.
    ///
    /// @param strength of the L2 penalty
    /// @param steps that were made
    /// @param loss on the samples held back for the choice, nats
    public record Fitted(LinearHead head, double strength, int steps, double loss) {}

    private record Choice(double strength, int steps, double loss) {}

    /// @param features one sample per row
    /// @param labels the class of each sample, from 0, below `classes`
    /// @param step called after every step
    /// @throws IllegalArgumentException if there are fewer than two classes, or all samples are equal
    public Fitted fit(Matrix features, int[] labels, int classes, Runnable step) {
        if (classes < 2) {
            throw new IllegalArgumentException("a classifier of " + classes + " class; at least 2 are needed");
        }
        var components = PrincipalComponents.of(features, Integer.MAX_VALUE);
        double scale = Math.sqrt(total(components));
        Matrix samples = withOnes(components.coordinates(features), scale);
        double[] moments = moments(samples, components.isExact() ? 1 : INEXACT);
        Choice choice = choose(samples, labels, classes, moments, step);
        var descent = new SoftmaxDescent(samples, labels, classes, moments, choice.strength());
        for (int i = 0; i < choice.steps(); i++) {
            descent.step();
            step.run();
        }
        LinearHead head = unfolded(descent.weights(), components, scale);
        return new Fitted(head, choice.strength(), choice.steps(), choice.loss());
    }

    /// An upper bound of how often `step` is called.
    public int mostSteps() {
        return maxSteps * (STRENGTHS.length + 1);
    }

    private Choice choose(Matrix samples, int[] labels, int classes, double[] moments, Runnable step) {
        Split split = Split.stratified(labels, SHARE, seed);
        if (split.heldOut().isEmpty()) {
            return new Choice(1e-3, Math.min(100, maxSteps), Double.NaN);
        }
        Matrix fitted = samples.pick(split.fittedRows());
        // A part's sum of squares is at most the whole's, so this bounds its mean.
        double more = (double) samples.rows() / fitted.rows();
        double[] bounds = Arrays.stream(moments).map(moment -> moment * more).toArray();
        int[] fittedLabels = pick(labels, split.fittedRows());
        int[] heldLabels = pick(labels, split.heldOutRows());
        Matrix held = samples.pick(split.heldOutRows());
        Choice best = new Choice(STRENGTHS[0], 1, Double.MAX_VALUE);
        for (double strength : STRENGTHS) {
            var descent = new SoftmaxDescent(fitted, fittedLabels, classes, bounds, strength);
            Choice next = stoppedEarly(descent, strength, held, heldLabels, step);
            best = next.loss() < best.loss() ? next : best;
        }
        return best;
    }

    private Choice stoppedEarly(SoftmaxDescent descent, double strength, Matrix held, int[] labels, Runnable step) {
        Choice best = new Choice(strength, 1, Double.MAX_VALUE);
        for (int i = 1; i <= maxSteps && i <= best.steps() + PATIENCE; i++) {
            descent.step();
            step.run();
            double loss = SoftmaxDescent.loss(held, labels, descent.weights());
            best = loss < best.loss() ? new Choice(strength, i, loss) : best;
        }
        return best;
    }

    private static double total(PrincipalComponents components) {
        double sum = 0;
        for (int j = 0; j < components.count(); j++) {
            sum += components.variance(j);
        }
        return sum;
    }

    private static Matrix withOnes(Matrix coordinates, double scale) {
        Matrix samples = Matrix.zeros(coordinates.rows(), coordinates.columns() + 1);
        for (int i = 0; i < samples.rows(); i++) {
            for (int j = 0; j < coordinates.columns(); j++) {
                samples.set(i, j, (float) (coordinates.get(i, j) / scale));
            }
            samples.set(i, coordinates.columns(), 1);
        }
        return samples;
    }

    /// Mean squares, times a factor.
    private static double[] moments(Matrix samples, double factor) {
        double[] moments = new double[samples.columns()];
        for (int i = 0; i < samples.rows(); i++) {
            for (int j = 0; j < moments.length; j++) {
                moments[j] += factor * samples.get(i, j) * samples.get(i, j) / samples.rows();
            }
        }
        return moments;
    }

    /// From weights of scaled coordinates to weights of features.
    private static LinearHead unfolded(Matrix weights, PrincipalComponents components, double scale) {
        Matrix byFeature = Blas.product(components.directions(), weights.head(components.count()));
        Matrix byClass = byFeature.transposed();
        float[] mean = components.mean();
        float[] bias = new float[byClass.rows()];
        for (int c = 0; c < bias.length; c++) {
            double shift = 0;
            for (int j = 0; j < mean.length; j++) {
                byClass.set(c, j, (float) (byClass.get(c, j) / scale));
                shift += (double) byClass.get(c, j) * mean[j];
            }
            bias[c] = (float) (weights.get(components.count(), c) - shift);
        }
        return new LinearHead(byClass, bias);
    }

    private static int[] pick(int[] values, int[] rows) {
        return Arrays.stream(rows).map(row -> values[row]).toArray();
    }
}
