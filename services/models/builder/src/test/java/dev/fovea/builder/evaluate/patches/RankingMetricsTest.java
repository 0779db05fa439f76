package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {

    private static final double EXACT = 1e-12;

    @Nested
    class AveragePrecision {

        @Test
        void isOneWhereAllRightOnesComeFirst() {
            assertThat(averagePrecision(2, "++---")).isCloseTo(1, within(EXACT));
        }

        @Test
        void isTheAreaUnderTheTrapezoids() {
            // Precision 1 at recall 0 and 1/2; then 1/2, 2/3 at recall 1: 1/2 + (1/2 + 2/3) / 2 / 2.
            assertThat(averagePrecision(2, "+-+")).isCloseTo(0.5 + 7.0 / 24, within(EXACT));
        }

        @Test
        void startsAtNoPrecisionWhereAWrongOneComesFirst() {
            assertThat(averagePrecision(1, "-+")).isCloseTo(0.25, within(EXACT)); // (0 + 1/2) / 2
        }

        @Test
        void countsRightOnesThatAreNeverFound() {
            assertThat(averagePrecision(4, "++")).isCloseTo(0.5, within(EXACT));
        }

        @Test
        void takesWrongOnesFirstWhereDistancesAreEqual() {
            double tied = RankingMetrics.averagePrecision(new float[] {1, 1}, new boolean[] {true, false}, 1);

            assertThat(tied).isCloseTo(0.25, within(EXACT));
        }

        @Test
        void dependsOnDistancesNotOnTheirOrder() {
            double shuffled =
                    RankingMetrics.averagePrecision(new float[] {3, 1, 2}, new boolean[] {true, true, false}, 2);

            assertThat(shuffled).isCloseTo(0.5 + 7.0 / 24, within(EXACT));
        }

        @Test
        void ranksWhatIsNoNumberLast() {
            double broken = RankingMetrics.averagePrecision(new float[] {Float.NaN, 1}, new boolean[] {false, true}, 1);

            assertThat(broken).isCloseTo(1, within(EXACT));
        }

        @Test
        void refusesMoreFoundThanThereAre() {
            assertThatThrownBy(() -> averagePrecision(1, "++")).hasMessage("2 of 1 right ones are ranked");
        }

        private static double averagePrecision(int all, String ranking) {
            float[] distances = new float[ranking.length()];
            boolean[] right = new boolean[ranking.length()];
            for (int i = 0; i < right.length; i++) {
                distances[i] = i;
                right[i] = ranking.charAt(i) == '+';
            }
            return RankingMetrics.averagePrecision(distances, right, all);
        }
    }

    @Nested
    class FalsePositivesAt95 {

        @Test
        void countsWrongPairsWithinTheDistanceOfNineteenOfTwentyRightOnes() {
            float[] right = new float[20];
            for (int i = 0; i < 20; i++) {
                right[19 - i] = i + 1; // 1 to 20: the nineteenth is 19
            }

            assertThat(RankingMetrics.falsePositivesAt95(right, new float[] {5, 18.5f, 19, 19.5f, 30}))
                    .isCloseTo(0.6, within(EXACT));
        }

        @Test
        void isZeroWhereTheyAreApartAndOneWhereTheyAreNot() {
            float[] near = {0.1f, 0.2f};
            float[] far = {0.9f, 1.2f};

            assertThat(RankingMetrics.falsePositivesAt95(near, far)).isZero();
            assertThat(RankingMetrics.falsePositivesAt95(far, near)).isEqualTo(1);
        }
    }
}
