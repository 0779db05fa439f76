package dev.fovea.classification.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.ExplanationRequest;
import dev.fovea.classification.FakeClassifier;
import dev.fovea.classification.FakeS3n;
import dev.fovea.classification.ScoreRule;
import dev.fovea.classification.ViewChoice;
import dev.fovea.imaging.preprocess.ViewRule;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredClassificationTest {

    @Test
    void defaultsAreThoseOfTheLimits() {
        var config = config(Map.of());

        assertThat(ConfiguredClassification.limits(config)).isEqualTo(ClassificationLimits.defaults());
        assertThatCode(() -> ConfiguredClassification.check(config)).doesNotThrowAnyException();
    }

    @Test
    void eventsGetFiveLabelsAndNoExplanationUnlessConfigured() {
        var events = ConfiguredClassification.events(config(Map.of()).events());

        assertThat(events.scores()).isEqualTo(ScoreRule.best(5));
        assertThat(events.views()).isEqualTo(ViewChoice.AS_TRAINED);
        assertThat(events.explanation()).isEmpty();
    }

    @Test
    void eventsAreClassifiedAsConfigured() {
        var events = ConfiguredClassification.events(config(Map.of(
                        "fovea.classification.events.top-k", "3",
                        "fovea.classification.events.min-probability", "0.25",
                        "fovea.classification.events.temperature", "2.5",
                        "fovea.classification.events.views", "centre-crop",
                        "fovea.classification.events.flip", "true",
                        "fovea.classification.events.explanation", "true"))
                .events());

        assertThat(events.scores()).isEqualTo(new ScoreRule(3, 0.25f, 2.5f));
        assertThat(events.views()).isEqualTo(new ViewChoice(ViewRule.CENTRE_CROP, true));
        assertThat(events.explanation()).contains(new ExplanationRequest(512, 1));
    }

    @Test
    void valuesThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> ConfiguredClassification.check(config(Map.of("fovea.classification.max-top-k", "4"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fovea.classification.top-k = 5 is above fovea.classification.max-top-k = 4");
        assertThatThrownBy(() -> ConfiguredClassification.check(config(Map.of(
                        "fovea.classification.explanation-max-side", "100",
                        "fovea.classification.events.explanation", "true"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fovea.classification.events.explanation-max-side = 512 is above"
                        + " fovea.classification.explanation-max-side = 100");
    }

    @Test
    void whatEventsThatAreNotExplainedWouldGetContradictsNothing() {
        var small = config(Map.of("fovea.classification.explanation-max-side", "100"));

        assertThatCode(() -> ConfiguredClassification.check(small)).doesNotThrowAnyException();
    }

    @Test
    void aModelThatCannotExplainCannotAnswerEventsThatAreToBeExplained() {
        var explained = config(Map.of("fovea.classification.events.explanation", "true"));
        var plain = FakeClassifier.ofColours("colours").manifest();

        assertThat(ConfiguredClassification.eventProblem(plain, explained))
                .contains("it is the default model and has no outputs that explain, which"
                        + " fovea.classification.events.explanation = true asks for");
        assertThat(ConfiguredClassification.eventProblem(plain, config(Map.of())))
                .isEmpty();
        assertThat(ConfiguredClassification.eventProblem(FakeS3n.create().manifest(), explained))
                .isEmpty();
    }

    private static FineGrainedClassificationConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FineGrainedClassificationConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(FineGrainedClassificationConfig.class);
    }
}
