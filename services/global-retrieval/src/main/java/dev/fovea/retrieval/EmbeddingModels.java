package dev.fovea.retrieval;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.PixelNormalization;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;

/// Which models embed images.
public final class EmbeddingModels {

    /// The task that a manifest must name.
    public static final String TASK = "global-retrieval";

    /// Of an embedding; what the index engines take.
    static final int MAX_DIMENSION = 4_096;

    private static final int CHANNELS = 3;

    private EmbeddingModels() {}

    /// What keeps a model from being used here, one clause with value and expectation; empty: nothing.
    public static Optional<String> problem(ModelManifest manifest) {
        if (!manifest.task().equals(TASK)) {
            return Optional.of("its task is \"" + manifest.task() + "\", expected is \"" + TASK + "\"");
        }
        if (manifest.inputs().size() != 1) {
            return Optional.of("it has " + manifest.inputs().size() + " inputs, expected is one");
        }
        if (!(manifest.preprocessing() instanceof ImagePreprocessing images)) {
            return Optional.of("it takes patches, expected are whole images");
        }
        return inputProblem(manifest.inputs().getFirst(), images).or(() -> outputProblem(manifest));
    }

    /// Elements of an embedding.
    public static int dimension(ModelManifest manifest) {
        return manifest.outputs().getFirst().itemElements();
    }

    /// @throws IllegalArgumentException if the model does not take images; [#problem] says so before it is used
    static ImagePreprocessing preprocessing(ModelManifest manifest) {
        return switch (manifest.preprocessing()) {
            case ImagePreprocessing images -> images;
            case PatchPreprocessing patches ->
                throw new IllegalArgumentException(
                        "model " + manifest.name() + " takes patches, not whole images: " + patches);
        };
    }

    private static Optional<String> inputProblem(TensorSpec input, ImagePreprocessing images) {
        List<Integer> bytes = List.of(images.heightPx(), images.widthPx(), CHANNELS);
        List<Integer> floats = List.of(CHANNELS, images.heightPx(), images.widthPx());
        boolean fits =
                switch (input.elementType()) {
                    case UINT8 ->
                        input.itemShape().equals(bytes)
                                && images.normalization().place() == PixelNormalization.Place.GRAPH;
                    case FLOAT32 -> input.itemShape().equals(floats);
                    case FLOAT16, INT64 -> false;
                };
        return fits
                ? Optional.empty()
                : Optional.of("its input is " + text(input) + ", expected is UINT8 of " + bytes + " or FLOAT32 of "
                        + floats + ", as its preprocessing says");
    }

    private static Optional<String> outputProblem(ModelManifest manifest) {
        TensorSpec output = manifest.outputs().getFirst();
        boolean fits = output.elementType() == ElementType.FLOAT32
                && output.itemShape().size() == 1
                && output.itemElements() <= MAX_DIMENSION;
        return fits
                ? Optional.empty()
                : Optional.of("its first output is " + text(output)
                        + ", expected is FLOAT32 of one dimension, at most [" + MAX_DIMENSION
                        + "]; `fovea fit pca` makes a longer one shorter");
    }

    private static String text(TensorSpec tensor) {
        return tensor.name() + ", " + tensor.elementType() + " of " + tensor.itemShape();
    }
}
