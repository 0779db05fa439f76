package dev.fovea.classification.wiring;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.ClassificationModels;
import dev.fovea.classification.ExplanationRequest;
import dev.fovea.classification.ScoreRule;
import dev.fovea.classification.ViewChoice;
import dev.fovea.classification.events.EventRule;
import dev.fovea.quarkus.OwnLimits;
import dev.fovea.repository.ModelManifest;
import java.util.Map;
import java.util.Optional;

/// Configuration to the records that the pipeline and the entrances take; pure.
final class ConfiguredClassification {
    private static final String PREFIX = "fovea.classification.";

    private ConfiguredClassification() {}

    static ClassificationLimits limits(FineGrainedClassificationConfig config) {
        return new ClassificationLimits(config.maxTopK(), config.topK(), config.explanationMaxSide());
    }

    static OwnLimits ownLimits(FineGrainedClassificationConfig config) {
        return new OwnLimits(Map.of(
                PREFIX + "max-top-k", config.maxTopK() + " labels",
                PREFIX + "explanation-max-side", config.explanationMaxSide() + " pixels",
                PREFIX + "explanations-in-flight", config.explanationsInFlight() + " requests",
                PREFIX + "max-ensemble-bytes", config.maxEnsembleBytes().asLongValue() + " bytes",
                PREFIX + "stream-window", config.streamWindow() + " requests"));
    }

    static EventRule events(FineGrainedClassificationConfig.EventsConfig config) {
        return new EventRule(
                new ScoreRule(config.topK(), config.minProbability(), config.temperature()),
                new ViewChoice(config.views(), config.flip()),
                config.explanation()
                        ? Optional.of(new ExplanationRequest(config.explanationMaxSide(), 1))
                        : Optional.empty());
    }

    /// Why a model cannot be the one that answers events; empty: it can.
    static Optional<String> eventProblem(ModelManifest manifest, FineGrainedClassificationConfig config) {
        return config.events().explanation() && !ClassificationModels.explains(manifest)
                ? Optional.of("it is the default model and has no outputs that explain, which " + PREFIX
                        + "events.explanation = true asks for")
                : Optional.empty();
    }

    /// @throws IllegalArgumentException if values contradict each other
    static void check(FineGrainedClassificationConfig config) {
        requireAtMost("top-k", config.topK(), "max-top-k", config.maxTopK());
        requireAtMost("events.top-k", config.events().topK(), "max-top-k", config.maxTopK());
        if (config.events().explanation()) {
            requireAtMost(
                    "events.explanation-max-side",
                    config.events().explanationMaxSide(),
                    "explanation-max-side",
                    config.explanationMaxSide());
        }
    }

    private static void requireAtMost(String key, int value, String limitKey, int limit) {
        if (value > limit) {
            throw new IllegalArgumentException(
                    PREFIX + key + " = " + value + " is above " + PREFIX + limitKey + " = " + limit);
        }
    }
}
