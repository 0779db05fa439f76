package dev.fovea.builder.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.numbers.KMeans.Clustering;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KMeansTest {

    private static final Matrix TWO_PAIRS = Matrix.of(4, 2, 0, 0, 0, 2, 10, 0, 10, 2);

    @Test
    void findsTheMeansOfSeparateGroups() {
        Clustering clustering = new KMeans(2, 3, 50, 1).fit(TWO_PAIRS, () -> {});

        float[] centroids = clustering.centroids().toArray();
        assertThat(centroids[0] < centroids[2] ? centroids : swapped(centroids)).containsExactly(0, 1, 10, 1);
        assertThat(clustering.inertia()).isCloseTo(4.0, within(1e-6));
    }

    @Test
    void asManyClustersAsSamplesLeaveNoDistance() {
        Clustering clustering = new KMeans(4, 1, 50, 5).fit(TWO_PAIRS, () -> {});

        assertThat(clustering.inertia()).isCloseTo(0.0, within(1e-6));
    }

    @Test
    void equalSamplesStillGiveAsManyCentroidsAsAskedFor() {
        Matrix equal = Matrix.of(3, 1, 7, 7, 7);

        assertThat(new KMeans(2, 1, 5, 1).fit(equal, () -> {}).centroids().toArray())
                .containsExactly(7, 7);
    }

    @Test
    void recoversManyWellSeparatedCentres() {
        Matrix samples = Matrix.zeros(5000, 8);
        var random = new SplittableRandom(3);
        for (int i = 0; i < samples.rows(); i++) {
            for (int j = 0; j < 8; j++) {
                samples.set(i, j, 20 * ((i % 16) >> (j % 4) & 1) + (float) random.nextGaussian());
            }
        }

        double perSample = new KMeans(16, 2, 50, 1).fit(samples, () -> {}).inertia() / samples.rows();

        assertThat(perSample).as("8 dimensions of unit variance").isBetween(7.5, 8.2);
    }

    @Test
    void sameSeedGivesTheSameCentroids() {
        var random = new SplittableRandom(9);
        Matrix samples = Matrix.zeros(600, 5);
        for (int i = 0; i < samples.rows(); i++) {
            samples.setRow(i, randomRow(random));
        }
        var kMeans = new KMeans(7, 2, 20, 4);

        assertThat(kMeans.fit(samples, () -> {}).centroids().toArray())
                .containsExactly(kMeans.fit(samples, () -> {}).centroids().toArray());
    }

    @Test
    void refusesFewerSamplesThanClusters() {
        assertThatThrownBy(() -> new KMeans(5, 1, 5, 1).fit(TWO_PAIRS, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 clusters need as many samples; there are 4");
    }

    private static float[] randomRow(SplittableRandom random) {
        float[] row = new float[5];
        for (int j = 0; j < row.length; j++) {
            row[j] = (float) random.nextDouble();
        }
        return row;
    }

    private static float[] swapped(float[] two) {
        float[] result = Arrays.copyOfRange(two, 2, 6);
        result[2] = two[0];
        result[3] = two[1];
        return Arrays.copyOf(result, 4);
    }
}
