package dev.fovea.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassScoresTest {
    private static final double EXACT = 1e-7; // logits are float32
    private static final float LN_2 = (float) Math.log(2);
    private static final float LN_5 = (float) Math.log(5);

    @Test
    void logitsBecomeTheirSoftmax() {
        assertScores(ofLogits(1, 0, LN_2, LN_5), 1 / 8.0, 2 / 8.0, 5 / 8.0);
    }

    @Test
    void aTemperatureAboveOneFlattensAndOneBelowSharpens() {
        double roots = 1 + Math.sqrt(2) + Math.sqrt(5);

        assertScores(ofLogits(2, 0, LN_2, LN_5), 1 / roots, Math.sqrt(2) / roots, Math.sqrt(5) / roots);
        assertScores(ofLogits(0.5, 0, LN_2, LN_5), 1 / 30.0, 4 / 30.0, 25 / 30.0);
    }

    @Test
    void probabilitiesStayWhatTheyAre() {
        assertScores(ofProbabilities(1, 0.125f, 0.25f, 0.625f), 0.125, 0.25, 0.625);
    }

    @Test
    void aTemperatureChangesProbabilitiesAsItWouldTheirLogits() {
        assertScores(ofProbabilities(0.5, 0.125f, 0.25f, 0.625f), 1 / 30.0, 4 / 30.0, 25 / 30.0);
    }

    @Test
    void probabilitiesThatDoNotSumToOneDoAfterwards() {
        assertScores(ofProbabilities(1, 0.5f, 0.25f, 0.5f), 0.4, 0.2, 0.4);
    }

    @Test
    void aProbabilityOfZeroStaysZero() {
        assertScores(ofProbabilities(3, 0, 1, 0), 0, 1, 0);
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        assertScores(ofLogits(0.01, 3e38f, 3e38f, -3e38f), 0.5, 0.5, 0);
    }

    @Test
    void probabilitiesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> ofProbabilities(1, 0.5f, -0.25f, 0.5f))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("probability -0.25 of class 1 is below 0");
        assertThatThrownBy(() -> ofProbabilities(1, 0, 0, 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the probabilities of all 3 classes are 0");
    }

    @Test
    void theMeanIsOfProbabilitiesNotOfLogits() {
        ClassScores sure = ofLogits(1, 20, 0, 0);
        ClassScores unsure = ofProbabilities(1, 0.2f, 0.5f, 0.3f);

        assertScores(ClassScores.mean(List.of(sure, unsure)), 0.6, 0.25, 0.15);
    }

    @Test
    void theBestComeFirstAndEqualOnesInTheOrderOfTheirIndex() {
        ClassScores scores = ofProbabilities(1, 0.1f, 0.3f, 0.1f, 0.2f, 0.3f);

        assertThat(indices(scores, new ScoreRule(5, 0, 1))).containsExactly(1, 4, 3, 0, 2);
        assertThat(indices(scores, new ScoreRule(4, 0, 1))).containsExactly(1, 4, 3, 0);
        assertThat(indices(scores, new ScoreRule(1_000, 0, 1))).containsExactly(1, 4, 3, 0, 2);
    }

    @Test
    void labelsBelowTheLeastProbabilityAreLeftOut() {
        ClassScores scores = ofProbabilities(1, 0.125f, 0.25f, 0.625f);

        assertThat(indices(scores, new ScoreRule(3, 0.25f, 1))).containsExactly(2, 1); // 0.25 is not below 0.25
        assertThat(indices(scores, new ScoreRule(3, 0.7f, 1))).isEmpty();
    }

    @Test
    void aLabelCarriesIndexNameAndProbability() {
        assertThat(ofProbabilities(1, 0.25f, 0.75f).best(ScoreRule.best(1), index -> "class " + index))
                .containsExactly(new ScoredLabel(1, "class 1", 0.75f));
    }

    private static ClassScores ofLogits(double temperature, float... logits) {
        return ClassScores.of(logits, ScoreScale.LOGITS, temperature);
    }

    private static ClassScores ofProbabilities(double temperature, float... probabilities) {
        return ClassScores.of(probabilities, ScoreScale.PROBABILITIES, temperature);
    }

    private static List<Integer> indices(ClassScores scores, ScoreRule rule) {
        return scores.best(rule, String::valueOf).stream()
                .map(ScoredLabel::index)
                .toList();
    }

    private static void assertScores(ClassScores scores, double... expected) {
        double[] actual =
                IntStream.range(0, scores.count()).mapToDouble(scores::get).toArray();
        assertThat(actual).containsExactly(expected, within(EXACT));
        assertThat(Arrays.stream(actual).sum()).isCloseTo(1, within(1e-12));
    }
}
