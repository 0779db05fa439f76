package dev.fovea.retrieval;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import dev.fovea.repository.WholeImageInput;
import java.util.Optional;

/// Which models embed images.
public final class EmbeddingModels {

    /// The task that a manifest must name.
    public static final String TASK = "global-retrieval";

    /// Of an embedding; what the index engines take.
    static final int MAX_DIMENSION = 4_096;

    private EmbeddingModels() {}

    /// What keeps a model from being used here, one clause with value and expectation; empty: nothing.
    public static Optional<String> problem(ModelManifest manifest) {
        return WholeImageInput.problem(manifest, TASK).or(() -> outputProblem(manifest));
    }

    /// Elements of an embedding.
    public static int dimension(ModelManifest manifest) {
        return manifest.outputs().getFirst().itemElements();
    }

    private static Optional<String> outputProblem(ModelManifest manifest) {
        TensorSpec output = manifest.outputs().getFirst();
        String is = "its first output is " + text(output);
        if (output.elementType() != ElementType.FLOAT32 || output.itemShape().size() != 1) {
            return Optional.of(is + ", expected is FLOAT32 of one dimension, at most [" + MAX_DIMENSION + "]");
        }
        return output.itemElements() <= MAX_DIMENSION
                ? Optional.empty()
                : Optional.of(is + ", expected are at most [" + MAX_DIMENSION + "]: fovea fit pca makes it shorter,"
                        + " and fovea fit codebook --option clusters=32 that of sift-vlad");
    }

    private static String text(TensorSpec tensor) {
        return tensor.name() + ", " + tensor.elementType() + " of " + tensor.itemShape();
    }
}
