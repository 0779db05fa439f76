package dev.fovea.classification;

import dev.fovea.repository.ModelManifest;
import java.util.Optional;

/// What the scores of a classifier are; the manifest's parameter `scores` says it.
enum ScoreScale {
    /// Before the softmax.
    LOGITS,
    /// After it.
    PROBABILITIES;

    static final String PARAMETER = "scores";

    /// Empty if the manifest does not say.
    static Optional<ScoreScale> of(ModelManifest manifest) {
        return switch (manifest.parameters().getOrDefault(PARAMETER, "")) {
            case "logits" -> Optional.of(LOGITS);
            case "probabilities" -> Optional.of(PROBABILITIES);
            default -> Optional.empty();
        };
    }

    /// What the softmax takes, which undoes the logarithm.
    double logit(float score) {
        return switch (this) {
            case LOGITS -> score;
            case PROBABILITIES -> Math.log(score);
        };
    }
}
