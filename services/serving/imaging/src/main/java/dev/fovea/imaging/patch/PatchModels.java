package dev.fovea.imaging.patch;

import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;

/// Which models describe patches.
public final class PatchModels {

    /// The task that a manifest must name.
    public static final String TASK = "patch-description";

    private PatchModels() {}

    /// What keeps a model from being used here, one clause with value and expectation; empty: nothing.
    public static Optional<String> problem(ModelManifest manifest) {
        if (!manifest.task().equals(TASK)) {
            return Optional.of("its task is \"" + manifest.task() + "\", expected is \"" + TASK + "\"");
        }
        if (manifest.inputs().size() != 1) {
            return Optional.of("it has " + manifest.inputs().size() + " inputs, expected is one");
        }
        if (!(manifest.preprocessing() instanceof PatchPreprocessing(int side, double _))) {
            return Optional.of("it takes whole images, expected are patches");
        }
        TensorSpec input = manifest.inputs().getFirst();
        if (!List.of(ElementType.UINT8, ElementType.FLOAT32).contains(input.elementType())
                || !input.itemShape().equals(List.of(side, side))) {
            return Optional.of("its input is " + text(input) + ", expected is UINT8 or FLOAT32 of "
                    + List.of(side, side) + ", as its preprocessing says");
        }
        TensorSpec output = manifest.outputs().getFirst();
        if (output.elementType() != ElementType.FLOAT32 || output.itemShape().size() != 1) {
            return Optional.of("its first output is " + text(output) + ", expected is FLOAT32 of one dimension");
        }
        return Optional.empty();
    }

    /// @throws IllegalArgumentException if the model does not take patches; [#problem] says so before it is used
    public static PatchPreprocessing preprocessing(ModelManifest manifest) {
        return switch (manifest.preprocessing()) {
            case PatchPreprocessing patches -> patches;
            case ImagePreprocessing images ->
                throw new IllegalArgumentException(
                        "model " + manifest.name() + " takes whole images, not patches: " + images);
        };
    }

    private static String text(TensorSpec tensor) {
        return tensor.name() + ", " + tensor.elementType() + " of " + tensor.itemShape();
    }
}
