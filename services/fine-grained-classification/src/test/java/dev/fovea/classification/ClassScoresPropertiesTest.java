package dev.fovea.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

/// What holds for the probabilities of any scores.
class ClassScoresPropertiesTest {

    @Property(tries = 500)
    void anyLogitsAtAnyTemperatureSumToOne(
            @ForAll @Size(min = 1, max = 300) List<@FloatRange(min = -3e38f, max = 3e38f) Float> logits,
            @ForAll @DoubleRange(min = 0.01, max = 100) double temperature) {
        ClassScores scores = ClassScores.of(array(logits), ScoreScale.LOGITS, temperature);

        assertDistribution(scores);
    }

    @Property(tries = 500)
    void anyProbabilitiesAtAnyTemperatureSumToOne(
            @ForAll @Size(min = 1, max = 300) List<@FloatRange(min = 0.0001f, max = 1) @Scale(4) Float> probabilities,
            @ForAll @DoubleRange(min = 0.01, max = 100) double temperature) {
        ClassScores scores = ClassScores.of(array(probabilities), ScoreScale.PROBABILITIES, temperature);

        assertDistribution(scores);
    }

    @Property(tries = 200)
    void theMeanOfAnyViewsSumsToOne(
            @ForAll @Size(min = 1, max = 10) List<@Size(7) List<@FloatRange(min = -50, max = 50) Float>> views) {
        List<ClassScores> each = views.stream()
                .map(logits -> ClassScores.of(array(logits), ScoreScale.LOGITS, 1))
                .toList();

        assertDistribution(ClassScores.mean(each));
    }

    @Property(tries = 500)
    void theTemperatureNeverChangesWhichClassIsBest(
            @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -10, max = 10) Float> logits,
            @ForAll @DoubleRange(min = 0.01, max = 100) double temperature) {
        float[] values = array(logits);

        ScoredLabel best = best(values, 1);
        ScoredLabel heated = best(values, temperature);

        // Rounding may tie neighbours, never order them the other way.
        assertThat(values[heated.index()]).isCloseTo(values[best.index()], within(1e-4f));
    }

    @Property(tries = 500)
    void aMeanOfTheSameScoresIsThatScore(
            @ForAll @Size(min = 1, max = 50) List<@FloatRange(min = -30, max = 30) Float> logits,
            @ForAll @IntRange(min = 1, max = 10) int views) {
        ClassScores one = ClassScores.of(array(logits), ScoreScale.LOGITS, 1);

        ClassScores mean =
                ClassScores.mean(IntStream.range(0, views).mapToObj(_ -> one).toList());

        for (int i = 0; i < one.count(); i++) {
            assertThat(mean.get(i)).isCloseTo(one.get(i), within(1e-15));
        }
    }

    @Property(tries = 300)
    void labelsAreSortedAboveTheLeastProbabilityAndAtMostAsManyAsAskedFor(
            @ForAll @Size(min = 1, max = 100) List<@FloatRange(min = -5, max = 5) Float> logits,
            @ForAll @IntRange(min = 1, max = 120) int topK,
            @ForAll @FloatRange(min = 0, max = 1) float least) {
        List<ScoredLabel> labels = ClassScores.of(array(logits), ScoreScale.LOGITS, 1)
                .best(new ScoreRule(topK, least, 1), String::valueOf);

        assertThat(labels).hasSizeLessThanOrEqualTo(Math.min(topK, logits.size()));
        assertThat(labels).allSatisfy(label -> assertThat(label.probability()).isGreaterThanOrEqualTo(least));
        for (int i = 1; i < labels.size(); i++) {
            assertThat(labels.get(i).probability())
                    .isLessThanOrEqualTo(labels.get(i - 1).probability());
        }
    }

    private static ScoredLabel best(float[] logits, double temperature) {
        return ClassScores.of(logits, ScoreScale.LOGITS, temperature)
                .best(ScoreRule.best(1), String::valueOf)
                .getFirst();
    }

    private static void assertDistribution(ClassScores scores) {
        double sum = 0;
        for (int i = 0; i < scores.count(); i++) {
            assertThat(scores.get(i)).isBetween(0.0, 1.0);
            sum += scores.get(i);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
