package dev.fovea.imaging.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MatchingTest {

    @Nested
    class Descriptors {

        private final Tensor query = rows(new float[][] {{0, 0}, {10, 0}, {0, 10}});
        private final Tensor train = rows(new float[][] {{0, 9}, {1, 0}, {30, 0}});

        @Test
        void takesTheNearestOfEachQuery() {
            assertThat(new DescriptorMatcher(1, false).match(query, train))
                    .containsExactly(new Match(0, 1, 1), new Match(1, 1, 9), new Match(2, 0, 1));
        }

        @Test
        void dropsMatchesThatAreNotMutual() {
            assertThat(new DescriptorMatcher(1, true).match(query, train))
                    .containsExactly(new Match(0, 1, 1), new Match(2, 0, 1));
        }

        @Test
        void dropsMatchesWhoseSecondNearestIsAlmostAsNear() {
            Tensor ambiguous = rows(new float[][] {{0, 9}, {0, 11}, {1, 0}});
            assertThat(new DescriptorMatcher(0.8, false).match(query, ambiguous))
                    .extracting(Match::query)
                    .containsExactly(0, 1);
        }

        @Test
        void matchesASingleTrainDescriptor() {
            assertThat(new DescriptorMatcher(0.8, true).match(query, rows(new float[][] {{9, 0}})))
                    .containsExactly(new Match(1, 0, 1));
        }

        @Test
        void matchesNothingWithNothing() {
            assertThat(new DescriptorMatcher(0.8, true).match(query, rows(new float[0][2])))
                    .isEmpty();
        }

        @Test
        void neverMatchesNotANumber() {
            Tensor broken = rows(new float[][] {{Float.NaN, 0}, {10, 0}});
            assertThat(new DescriptorMatcher(1, true).match(broken, query)).containsExactly(new Match(1, 1, 0));
        }

        @Test
        void refusesOtherDimensions() {
            Tensor other = rows(new float[][] {{1, 2, 3}});
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> new DescriptorMatcher(1, true).match(query, other))
                    .withMessage("descriptors of shape [2] cannot be matched with [3]");
        }

        @Test
        void refusesARatioOutsideItsRange() {
            assertThatIllegalArgumentException().isThrownBy(() -> new DescriptorMatcher(1.5, true));
        }
    }

    @Nested
    class Homographies {

        private final double[] truth = {0.9, 0.1, 12, -0.08, 1.05, -7, 0.0001, -0.00005, 1};

        @Test
        void areFoundAmongWrongMatches() {
            Random random = new Random(7);
            List<Keypoint> query = new ArrayList<>();
            List<Keypoint> train = new ArrayList<>();
            List<Match> matches = new ArrayList<>();
            Homography map = new Homography(truth, new java.util.BitSet());
            for (int i = 0; i < 100; i++) {
                float x = random.nextFloat() * 600;
                float y = random.nextFloat() * 400;
                boolean right = i % 5 < 3;
                query.add(new Keypoint(x, y, 5, 0, 1));
                train.add(
                        right
                                ? new Keypoint((float) map.mapX(x, y), (float) map.mapY(x, y), 5, 0, 1)
                                : new Keypoint(random.nextFloat() * 600, random.nextFloat() * 400, 5, 0, 1));
                matches.add(new Match(i, i, 0.5f));
            }
            Homography found =
                    new HomographyEstimator(3).estimate(query, train, matches).orElseThrow();
            assertThat(found.inlierCount()).isBetween(60, 63);
            assertThat(found.isInlier(0)).isTrue();
            assertThat(found.mapX(300, 200)).isCloseTo(map.mapX(300, 200), within(0.1));
            assertThat(found.mapY(300, 200)).isCloseTo(map.mapY(300, 200), within(0.1));
            assertThat(found.toArray()).hasSize(9);
        }

        @Test
        void needFourMatches() {
            Keypoint keypoint = new Keypoint(1, 1, 1, 0, 1);
            Optional<Homography> found = new HomographyEstimator(3)
                    .estimate(List.of(keypoint), List.of(keypoint), List.of(new Match(0, 0, 0)));
            assertThat(found).isEmpty();
        }

        @Test
        void areNotMadeOfIdenticalPoints() {
            List<Keypoint> same = List.of(new Keypoint(5, 5, 1, 0, 1));
            List<Match> matches = List.of(
                    new Match(0, 0, 0), new Match(0, 0, 0), new Match(0, 0, 0), new Match(0, 0, 0), new Match(0, 0, 0));
            assertThat(new HomographyEstimator(3).estimate(same, same, matches)).isEmpty();
        }
    }

    private static Tensor rows(float[][] values) {
        int dimension = values.length == 0 ? 2 : values[0].length;
        Tensor tensor = Tensor.allocate(
                new TensorSpec("descriptors", ElementType.FLOAT32, List.of(dimension), ""), values.length);
        for (int row = 0; row < values.length; row++) {
            tensor.floats().put(row * dimension, values[row]);
        }
        return tensor;
    }
}
