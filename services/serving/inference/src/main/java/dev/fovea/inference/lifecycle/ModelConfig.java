package dev.fovea.inference.lifecycle;

import dev.fovea.inference.batching.BatchPolicy;

/// How one model is served.
///
/// @param instances sessions of the model, each with its own thread, 1 to 64
public record ModelConfig(BatchPolicy batching, int instances, HealthPolicy health) {

    public static final ModelConfig DEFAULT = new ModelConfig(BatchPolicy.DEFAULT, 1, HealthPolicy.DEFAULT);

    private static final int MOST_INSTANCES = 64;

    /// @throws IllegalArgumentException if the number of instances is out of range
    public ModelConfig {
        if (instances < 1 || instances > MOST_INSTANCES) {
            throw new IllegalArgumentException(
                    "model config: instances is " + instances + ", allowed: 1 to " + MOST_INSTANCES);
        }
    }
}
