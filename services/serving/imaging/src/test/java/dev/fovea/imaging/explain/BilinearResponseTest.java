package dev.fovea.imaging.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResponseTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    @Test
    void aPairsPartIsDividedAsItsProductsAre() {
        // f = (1, 2), (3, 2); g = (5, 4), (5, 0) at two positions: the sums of the products are 20, 4; 20, 8.
        float[] left = {1, 3, 2, 2};
        float[] right = {5, 5, 4, 0};
        float[] form = {4, 1, 2, -3};

        float[] shares = shares(left, right, 2, form);

        assertThat(shares).containsExactly(new float[] {4 * 5 / 20f + 1 + 2 * 10 / 20f - 3, 4 * 15 / 20f + 1}, CLOSE);
    }

    @Test
    void oneStreamIsPairedWithItself() {
        // Squares of the first channel 1 and 9, of the second 4 and 16, products 2 and 12.
        float[] features = {1, 3, 2, 4};

        float[] shares = shares(features, features, 2, new float[] {10, 7, 7, 20});

        assertThat(shares).containsExactly(new float[] {1 + 1 + 1 + 4, 9 + 6 + 6 + 16}, CLOSE);
    }

    @Test
    void aPairWithoutASumHasNoShare() {
        float[] left = {1, -1};
        float[] right = {1, 1};

        assertThat(shares(left, right, 2, new float[] {3})).containsExactly(0, 0);
    }

    @Test
    void positionsWhereNothingIsSeenHaveNoShare() {
        float[] features = {0, 2, 0, 0, 3, 0};

        assertThat(shares(features, features, 3, new float[] {1, 2, 3, 4}))
                .containsExactly(new float[] {0, 10, 0}, CLOSE);
    }

    @Test
    void theBiasIsSharedEvenlyWhereSomethingIsSeen() {
        FloatBuffer features = FloatBuffer.wrap(new float[] {0, 1, 3});

        try (var response = BilinearResponse.of(features, features, 3)) {
            assertThat(response.shares(FloatBuffer.wrap(new float[] {10}), -4))
                    .containsExactly(new float[] {0, 1 - 2, 9 - 2}, CLOSE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 5, 7", "64, 32, 49", "153, 153, 961"})
    void productsOfMatricesGiveWhatTheSumsGive(int depth, int width, int positions) {
        float[] left = numbers(1, depth * positions);
        float[] right = numbers(2, width * positions);
        float[] form = numbers(3, depth * width);

        float[] shares = shares(left, right, positions, form);

        double[] expected = new double[positions];
        for (int i = 0; i < depth; i++) {
            for (int j = 0; j < width; j++) {
                double sum = 0;
                for (int p = 0; p < positions; p++) {
                    sum += (double) left[i * positions + p] * right[j * positions + p];
                }
                for (int p = 0; p < positions; p++) {
                    double product = (double) left[i * positions + p] * right[j * positions + p];
                    expected[p] += form[i * width + j] * product / sum;
                }
            }
        }
        assertThat(shares).hasSize(positions);
        for (int p = 0; p < positions; p++) {
            assertThat((double) shares[p]).isCloseTo(expected[p], within(1e-6 * depth * width));
        }
    }

    @Test
    void onlyWhatRemainsOfABufferIsTaken() {
        FloatBuffer forms = FloatBuffer.wrap(new float[] {9, 2, 9}, 1, 1);
        FloatBuffer features = FloatBuffer.wrap(new float[] {9, 3, 4}, 1, 2);

        try (var response = BilinearResponse.of(features, features, 2)) {
            assertThat(response.shares(forms, 0)).containsExactly(new float[] {18 / 25f, 32 / 25f}, CLOSE);
            assertThat(response.shares(forms, 0)).containsExactly(new float[] {18 / 25f, 32 / 25f}, CLOSE);
        }
    }

    @Test
    void sizesThatDoNotFitAreQuoted() {
        FloatBuffer five = FloatBuffer.allocate(5);
        FloatBuffer four = FloatBuffer.allocate(4);

        assertThatThrownBy(() -> BilinearResponse.of(four, five, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 values are no channels of 2 positions");
        try (var response = BilinearResponse.of(four, four, 2)) {
            assertThatThrownBy(() -> response.shares(five, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a form of 5 values is not 2 x 2, the channels of the features");
        }
    }

    private static float[] shares(float[] left, float[] right, int positions, float... form) {
        try (var response = BilinearResponse.of(FloatBuffer.wrap(left), FloatBuffer.wrap(right), positions)) {
            return response.shares(FloatBuffer.wrap(form), 0);
        }
    }

    /// From 0 to 1, as behind a ReLU.
    private static float[] numbers(long seed, int count) {
        var random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }
}
