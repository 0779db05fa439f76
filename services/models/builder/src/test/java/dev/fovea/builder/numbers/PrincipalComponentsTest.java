package dev.fovea.builder.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    /// On the line y = x + 1, with a little width across it.
    private static final Matrix LINE = Matrix.of(4, 2, 0, 1, 4, 5, 1.9f, 3.1f, 2.1f, 2.9f);

    @Test
    void firstDirectionIsTheLineTheSamplesLieOn() {
        var components = PrincipalComponents.of(LINE, 2);

        float half = (float) Math.sqrt(0.5);
        assertThat(components.mean()).containsExactly(new float[] {2, 3}, CLOSE);
        assertThat(components.directions().get(0, 0)).isCloseTo(half, CLOSE);
        assertThat(components.directions().get(1, 0)).isCloseTo(half, CLOSE);
        assertThat(components.variance(0)).isCloseTo(4.0, within(1e-5));
        assertThat(components.variance(1)).isCloseTo(0.01, within(1e-5));
    }

    @Test
    void coordinatesAreMeasuredFromTheMean() {
        Matrix coordinates = PrincipalComponents.of(LINE, 1).coordinates(LINE);

        float length = (float) Math.sqrt(8);
        assertThat(coordinates.toArray()).containsExactly(new float[] {-length, length, 0, 0}, CLOSE);
    }

    @Test
    void whitenedCoordinatesHaveUnitVariance() {
        var components = PrincipalComponents.of(LINE, 2);

        Matrix whitened = Blas.product(LINE, components.whitening());
        whitened.subtract(whitened.columnMeans());

        for (int j = 0; j < 2; j++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += whitened.get(i, j) * whitened.get(i, j);
            }
            assertThat(sum / 4).isCloseTo(1.0, within(1e-3));
        }
    }

    @Test
    void moreDimensionsThanSamplesKeepAllDistances() {
        Matrix samples = Matrix.zeros(6, 40);
        var random = new SplittableRandom(2);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 40; j++) {
                samples.set(i, j, (float) random.nextGaussian());
            }
        }

        var components = PrincipalComponents.of(samples, 40);
        Matrix coordinates = components.coordinates(samples);

        assertThat(components.count()).as("six points span five dimensions").isEqualTo(5);
        for (int i = 1; i < 6; i++) {
            assertThat(distance(coordinates, i)).isCloseTo(distance(samples, i), within(1e-4));
        }
    }

    @Test
    void directionsWithoutVarianceAreLeftOut() {
        assertThat(PrincipalComponents.of(Matrix.of(3, 2, 1, 5, 2, 5, 3, 5), 2).count())
                .isEqualTo(1);
    }

    @Test
    void refusesEqualSamples() {
        assertThatThrownBy(() -> PrincipalComponents.of(Matrix.of(2, 2, 1, 5, 1, 5), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all samples are equal, so no direction tells them apart");
    }

    @Test
    void refusesASingleSample() {
        assertThatThrownBy(() -> PrincipalComponents.of(Matrix.of(1, 2, 1, 5), 2))
                .hasMessage("principal components of 1 samples; 2 are needed");
    }

    private static double distance(Matrix rows, int row) {
        double sum = 0;
        for (int j = 0; j < rows.columns(); j++) {
            sum += Math.pow(rows.get(row, j) - rows.get(0, j), 2);
        }
        return Math.sqrt(sum);
    }
}
