package dev.fovea.classification;

import dev.fovea.inference.failure.InvalidInput;

/// Which labels are the answer.
///
/// @param topK most labels, at least 1; more than there are classes: all
/// @param minProbability labels below are left out; 0 to 1
/// @param temperature divides the logits before the softmax: above 1 flattens, below 1 sharpens; 0.01 to 100
public record ScoreRule(int topK, float minProbability, float temperature) {
    /// Changes nothing.
    public static final float NO_TEMPERATURE = 1;

    private static final float COLDEST = 0.01f;
    private static final float HOTTEST = 100;

    /// @throws InvalidInput `MIN_PROBABILITY_INVALID` or `TEMPERATURE_INVALID`
    public ScoreRule {
        if (topK < 1) {
            throw new IllegalArgumentException(topK + " labels are below 1");
        }
        if (!(minProbability >= 0 && minProbability <= 1)) {
            throw new InvalidInput(
                    "MIN_PROBABILITY_INVALID",
                    "least probability " + minProbability + " is not in [0, 1]",
                    minProbability,
                    "[0, 1]");
        }
        if (!(temperature >= COLDEST && temperature <= HOTTEST)) {
            throw new InvalidInput(
                    "TEMPERATURE_INVALID",
                    "temperature " + temperature + " is not in [0.01, 100]",
                    temperature,
                    "[0.01, 100]");
        }
    }

    /// The `topK` best labels, as the model scores them.
    public static ScoreRule best(int topK) {
        return new ScoreRule(topK, 0, NO_TEMPERATURE);
    }
}
