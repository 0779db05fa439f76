package dev.fovea.builder.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.numbers.LogisticRegression.Fitted;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    private static final int CLASSES = 3;

    /// Sixty samples per class around three corners of a space of many dimensions.
    private static Matrix samples(int columns, double noise) {
        Matrix samples = Matrix.zeros(60 * CLASSES, columns);
        var random = new SplittableRandom(8);
        for (int i = 0; i < samples.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                double centre = j % CLASSES == i % CLASSES ? 1 : 0;
                samples.set(i, j, (float) (5 + centre + noise * random.nextGaussian()));
            }
        }
        return samples;
    }

    private static int[] labels() {
        int[] labels = new int[60 * CLASSES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
        }
        return labels;
    }

    private static double accuracy(LinearHead head, Matrix samples) {
        Matrix scores = head.scores(samples);
        int right = 0;
        for (int i = 0; i < scores.rows(); i++) {
            int best = 0;
            for (int c = 1; c < CLASSES; c++) {
                best = scores.get(i, c) > scores.get(i, best) ? c : best;
            }
            right += best == i % CLASSES ? 1 : 0;
        }
        return (double) right / scores.rows();
    }

    @Test
    void separatesClassesWithFewerFeaturesThanSamples() {
        Matrix samples = samples(6, 0.2);

        assertThat(accuracy(fit(samples).head(), samples)).isGreaterThan(0.98);
    }

    @Test
    void separatesClassesWithManyMoreFeaturesThanSamples() {
        Matrix samples = samples(3000, 1);

        assertThat(accuracy(fit(samples).head(), samples)).isGreaterThan(0.98);
    }

    @Test
    void scaleOfTheFeaturesChangesNoDecision() {
        Matrix samples = samples(6, 0.5);
        Matrix larger = Matrix.zeros(samples.rows(), 6);
        for (int i = 0; i < samples.rows(); i++) {
            for (int j = 0; j < 6; j++) {
                larger.set(i, j, 1024 * samples.get(i, j));
            }
        }

        assertThat(accuracy(fit(larger).head(), larger))
                .isEqualTo(accuracy(fit(samples).head(), samples));
    }

    @Test
    void reachesTheMinimumOfItsLoss() {
        // Two classes, one feature of -1 or 1, right four times of five: the scores' difference is log 4 at the
        // minimum.
        Matrix samples = Matrix.zeros(200, 2);
        int[] labels = new int[200];
        for (int i = 0; i < 200; i++) {
            labels[i] = i % 2;
            boolean right = i / 2 % 5 != 0;
            samples.set(i, 0, (labels[i] == 1) == right ? 1 : -1);
            samples.set(i, 1, 1);
        }
        var descent = new SoftmaxDescent(samples, labels, 2, new double[] {1, 1}, 0);

        for (int i = 0; i < 200; i++) {
            descent.step();
        }

        Matrix weights = descent.weights();
        assertThat(weights.get(0, 1) - weights.get(0, 0)).isCloseTo((float) Math.log(4), within(1e-3f));
        double entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
        assertThat(SoftmaxDescent.loss(samples, labels, weights)).isCloseTo(entropy, within(1e-5));
    }

    @Test
    void noiseIsPenalisedMoreThanSignal() {
        Matrix noise = Matrix.zeros(60 * CLASSES, 200);
        var random = new SplittableRandom(4);
        for (int i = 0; i < noise.rows(); i++) {
            for (int j = 0; j < 200; j++) {
                noise.set(i, j, (float) random.nextGaussian());
            }
        }

        Fitted fitted = fit(noise);

        assertThat(fitted.loss())
                .as("no better than guessing")
                .isBetween(Math.log(CLASSES) - 0.1, Math.log(CLASSES) + 0.1);
    }

    @Test
    void sameSeedGivesTheSameWeights() {
        Matrix samples = samples(50, 1);

        assertThat(fit(samples).head().weights().toArray())
                .containsExactly(fit(samples).head().weights().toArray());
    }

    @Test
    void refusesASingleClass() {
        assertThatThrownBy(() -> new LogisticRegression(10, 1).fit(samples(2, 1), labels(), 1, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a classifier of 1 class; at least 2 are needed");
    }

    private static Fitted fit(Matrix samples) {
        return new LogisticRegression(200, 1).fit(samples, labels(), CLASSES, () -> {});
    }
}
