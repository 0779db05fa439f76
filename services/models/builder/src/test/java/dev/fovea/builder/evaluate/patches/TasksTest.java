package dev.fovea.builder.evaluate.patches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.builder.evaluate.patches.DescribedSequence.DescribedKeypoints;
import dev.fovea.builder.evaluate.patches.DescribedSequence.Plane;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Descriptors of one number each, so that every distance can be seen.
class TasksTest {

    private static final double EXACT = 1e-12;
    private static final NoiseLevel LEVEL = NoiseLevel.EASY;

    @Nested
    class InMatching {

        @Test
        void patchesMatchedWronglyCountAsNeverFound() {
            // 0 and 10 find their own, 0.1 and 1 px off; 20 finds 11: right, right, wrong of three.
            assertThat(Matching.averagePrecision(rows(0, 10, 20), rows(0.1f, 11, 2000)))
                    .isCloseTo(2.0 / 3, within(EXACT));
        }

        @Test
        void theFirstOfSeveralNearestIsTaken() {
            assertThat(Matching.averagePrecision(rows(5, 5), rows(5, 5)))
                    .as("of two alike, one is right at a tie")
                    .isCloseTo(0.125, within(EXACT));
        }

        @Test
        void imagesCountTheSameAndThenSequences() {
            DescribedSequence good = sequence("good", rows(0, 10), rows(0, 10), rows(0, 10));
            DescribedSequence half = sequence("half", rows(0, 10), rows(0, 10), rows(10, 0));

            assertThat(Matching.meanAveragePrecision(List.of(good, half), LEVEL))
                    .isCloseTo(0.75, within(EXACT));
        }
    }

    @Nested
    class InRetrieval {

        @Test
        void othersOfTheSameSequenceDistractNobody() {
            DescribedSequence one = sequence("one", rows(0, 1), rows(0.9f, 0.1f));
            DescribedSequence two = sequence("two", rows(50, 70), rows(50, 70));

            assertThat(Retrieval.meanAveragePrecision(List.of(one, two), LEVEL)).hasValue(1);
        }

        @Test
        void patchesOfOtherSequencesThatAreNearerCostPrecision() {
            DescribedSequence one = sequence("one", rows(0), rows(3));
            DescribedSequence two = sequence("two", rows(2), rows(2));

            // Query 0 finds 2 before 3: (0 + 1/2) / 2; query 2 finds itself first: 1.
            assertThat(Retrieval.meanAveragePrecision(List.of(one, two), LEVEL).orElseThrow())
                    .isCloseTo((0.25 + 1) / 2, within(EXACT));
        }

        @Test
        void oneSequenceAloneHasNothingToBeMistakenFor() {
            assertThat(Retrieval.meanAveragePrecision(List.of(sequence("one", rows(0), rows(3))), LEVEL))
                    .isEmpty();
        }
    }

    @Nested
    class InVerification {

        @Test
        void perfectDescriptorsAreToldApartPerfectly() {
            List<DescribedSequence> sequences = List.of(
                    sequence("one", rows(0, 10, 20), rows(0, 10, 20), rows(0, 10, 20)),
                    sequence("two", rows(100, 110), rows(100, 110)));

            Verification.Score score =
                    Verification.draw(List.of(3, 2), List.of(3, 2), 500, 1).score(sequences, LEVEL);

            assertThat(score.intra()).isCloseTo(1, within(EXACT));
            assertThat(score.inter()).hasValueCloseTo(1.0, within(EXACT));
            assertThat(score.averagePrecision()).isCloseTo(1, within(EXACT));
            assertThat(score.falsePositives()).isZero();
        }

        @Test
        void descriptorsThatAreAllAlikeAreNoBetterThanChance() {
            List<DescribedSequence> sequences =
                    List.of(sequence("one", rows(1, 1), rows(1, 1)), sequence("two", rows(1, 1), rows(1, 1)));

            Verification.Score score =
                    Verification.draw(List.of(2, 2), List.of(2, 2), 1000, 1).score(sequences, LEVEL);

            assertThat(score.falsePositives()).isEqualTo(1);
            assertThat(score.intra())
                    .as("one right in six, all after the wrong ones")
                    .isLessThan(0.17);
        }

        @Test
        void oneSequenceAloneHasNoPairsBetweenSequences() {
            Verification.Score score = Verification.draw(List.of(2), List.of(2), 100, 1)
                    .score(List.of(sequence("one", rows(0, 9), rows(0, 9))), LEVEL);

            assertThat(score.inter()).isEmpty();
            assertThat(score.averagePrecision()).isEqualTo(score.intra());
        }

        @Test
        void theSeedAloneDecidesThePairs() {
            List<DescribedSequence> sequences = List.of(
                    sequence("one", rows(0, 3, 1, 8), rows(2, 1, 3, 5)), sequence("two", rows(4, 2), rows(3, 6)));

            assertThat(score(7, sequences)).isEqualTo(score(7, sequences)).isNotEqualTo(score(8, sequences));
        }

        private static Verification.Score score(long seed, List<DescribedSequence> sequences) {
            return Verification.draw(List.of(4, 2), List.of(2, 2), 200, seed).score(sequences, LEVEL);
        }
    }

    private static DescribedSequence sequence(String name, Rows reference, Rows... others) {
        var none = new DescribedKeypoints(List.of(), tensor());
        return new DescribedSequence(
                name,
                reference,
                Map.of(LEVEL, List.of(others)),
                Collections.nCopies(others.length + 1, none),
                new Plane(10, 10, List.of()));
    }

    private static Rows rows(float... values) {
        return Rows.of(tensor(values));
    }

    private static Tensor tensor(float... values) {
        Tensor tensor = Tensor.allocate(new TensorSpec("d", ElementType.FLOAT32, List.of(1), ""), values.length);
        tensor.floats().put(values);
        return tensor;
    }
}
