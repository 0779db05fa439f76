package dev.fovea.classification;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import dev.fovea.repository.WholeImageInput;
import java.util.List;
import java.util.Optional;

/// Which models classify images.
public final class ClassificationModels {

    /// The task that a manifest must name.
    public static final String TASK = "fine-grained-classification";

    private ClassificationModels() {}

    /// What keeps a model from being used here, one clause with value and expectation; empty: nothing.
    public static Optional<String> problem(ModelManifest manifest) {
        return WholeImageInput.problem(manifest, TASK).or(() -> scoresProblem(manifest));
    }

    private static Optional<String> scoresProblem(ModelManifest manifest) {
        TensorSpec output = manifest.outputs().getFirst();
        if (output.elementType() != ElementType.FLOAT32 || output.itemShape().size() != 1) {
            return Optional.of("its first output is " + text(output) + ", expected is FLOAT32 of one dimension");
        }
        int labels = manifest.labels().size();
        if (labels != 0 && labels != output.itemElements()) {
            return Optional.of("it has " + labels + " labels for " + output.itemElements() + " scores");
        }
        if (ScoreScale.of(manifest).isEmpty()) {
            return Optional.of("its parameter \"" + ScoreScale.PARAMETER + "\" is \""
                    + manifest.parameters().getOrDefault(ScoreScale.PARAMETER, "")
                    + "\", expected is \"logits\" or \"probabilities\"");
        }
        return Optional.empty();
    }

    /// Whether something can be drawn of its answers.
    public static boolean explains(ModelManifest manifest) {
        return SparseSamplingPictures.in(manifest).isPresent()
                || ClassResponsePictures.in(manifest).isPresent();
    }

    /// The output of a name that is FLOAT32 and of one of the item shapes.
    static Optional<TensorSpec> output(ModelManifest manifest, String name, List<List<Integer>> shapes) {
        return manifest.outputs().stream()
                .filter(output -> output.name().equals(name))
                .filter(output -> output.elementType() == ElementType.FLOAT32)
                .filter(output -> shapes.contains(output.itemShape()))
                .findFirst();
    }

    /// The name of a class; its index where the model has no labels.
    static String label(ModelManifest manifest, int index) {
        return manifest.labels().isEmpty()
                ? String.valueOf(index)
                : manifest.labels().get(index);
    }

    private static String text(TensorSpec tensor) {
        return tensor.name() + ", " + tensor.elementType() + " of " + tensor.itemShape();
    }
}
