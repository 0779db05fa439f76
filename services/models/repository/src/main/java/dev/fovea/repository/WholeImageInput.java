package dev.fovea.repository;

import java.util.List;
import java.util.Optional;

/// What a model that looks at whole images takes in, whatever its task.
public final class WholeImageInput {

    private static final int CHANNELS = 3;

    private WholeImageInput() {}

    /// What keeps a model from being used for a task on whole images, one clause with value and expectation; empty:
    /// nothing. Its one input is UINT8 (height, width, 3) or FLOAT32 (3, height, width), as its preprocessing says.
    public static Optional<String> problem(ModelManifest manifest, String task) {
        if (!manifest.task().equals(task)) {
            return Optional.of("its task is \"" + manifest.task() + "\", expected is \"" + task + "\"");
        }
        if (manifest.inputs().size() != 1) {
            return Optional.of("it has " + manifest.inputs().size() + " inputs, expected is one");
        }
        if (!(manifest.preprocessing() instanceof ImagePreprocessing images)) {
            return Optional.of("it takes patches, expected are whole images");
        }
        return problem(manifest.inputs().getFirst(), images);
    }

    /// @throws IllegalArgumentException if the model does not take images; [#problem] says so before it is used
    public static ImagePreprocessing preprocessing(ModelManifest manifest) {
        return switch (manifest.preprocessing()) {
            case ImagePreprocessing images -> images;
            case PatchPreprocessing patches ->
                throw new IllegalArgumentException(
                        "model " + manifest.name() + " takes patches, not whole images: " + patches);
        };
    }

    private static Optional<String> problem(TensorSpec input, ImagePreprocessing images) {
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
                : Optional.of("its input is " + input.name() + ", " + input.elementType() + " of " + input.itemShape()
                        + ", expected is UINT8 of " + bytes + " or FLOAT32 of " + floats
                        + ", as its preprocessing says");
    }
}
