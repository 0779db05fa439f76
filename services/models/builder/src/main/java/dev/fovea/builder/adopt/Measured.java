package dev.fovea.builder.adopt;

import dev.fovea.builder.adopt.OutputOptions.Activation;
import dev.fovea.repository.ModelManifest;
import java.util.Map;
import java.util.TreeMap;

/// What a recorded answer tells of a foreign model that its file does not say.
///
/// @param unitNorm whether the answer's Euclidean norm is 1
/// @param distribution whether its entries are probabilities that sum to 1
record Measured(boolean unitNorm, boolean distribution) {

    private static final double TOLERANCE = 1e-3;

    /// The manifest's parameter that says whether a classifier's scores are `logits` or `probabilities`.
    static final String SCORES = "scores";

    Measured(float[] answer) {
        this(isOne(squares(answer)), isOne(sum(answer)) && least(answer) >= 0);
    }

    /// The manifest with what was measured, unless the user said otherwise.
    ModelManifest in(ModelManifest manifest, Task task, OutputOptions said) {
        Map<String, String> parameters = new TreeMap<>(manifest.parameters());
        if (task == Task.CLASSIFICATION) {
            Activation activation = said.activation().orElse(distribution ? Activation.SOFTMAX : Activation.NONE);
            parameters.put(
                    SCORES,
                    switch (activation) {
                        case NONE -> "logits";
                        case SOFTMAX -> "probabilities";
                    });
        }
        boolean normalised = manifest.outputNormalization().equals("l2") || (unitNorm && task != Task.CLASSIFICATION);
        return new ModelManifest(
                manifest.name(),
                manifest.version(),
                manifest.task(),
                manifest.architecture(),
                parameters,
                manifest.inputs(),
                manifest.outputs(),
                manifest.preprocessing(),
                manifest.labels(),
                normalised ? "l2" : "none",
                manifest.batchBuckets(),
                manifest.provenance(),
                manifest.paper(),
                manifest.sample());
    }

    private static boolean isOne(double value) {
        return Math.abs(value - 1) < TOLERANCE;
    }

    private static double squares(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    private static double least(float[] values) {
        double least = Double.MAX_VALUE;
        for (float value : values) {
            least = Math.min(least, value);
        }
        return least;
    }
}
