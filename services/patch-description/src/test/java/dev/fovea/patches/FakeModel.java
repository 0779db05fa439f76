package dev.fovea.patches;

import dev.fovea.inference.Tensor;
import dev.fovea.inference.lifecycle.ComputedModel;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model of 4 px patches whose descriptor is the first three pixels: computed, as they are, by hand.
public final class FakeModel {
    public static final int PATCH = 4;
    public static final int DIMENSION = 3;

    private static final TensorSpec DESCRIPTORS =
            new TensorSpec("descriptors", ElementType.FLOAT32, List.of(DIMENSION), "pixels");

    private FakeModel() {}

    public static ComputedModel of(ElementType inputType, String normalization) {
        var manifest = new ModelManifest(
                "pixels",
                1,
                "patch-description",
                "pixels",
                Map.of(),
                List.of(new TensorSpec("patches", inputType, List.of(PATCH, PATCH), "grey")),
                List.of(DESCRIPTORS),
                new PatchPreprocessing(PATCH, PatchPreprocessing.DEFAULT_MAGNIFICATION),
                List.of(),
                normalization,
                List.of(1, 8),
                new Provenance(Provenance.Kind.COMPUTED, "test", Optional.empty(), "Apache-2.0", "test"),
                "none",
                Optional.empty());
        return new ComputedModel(manifest, (items, _) -> List.of(describe(items)));
    }

    /// UINT8 patches, descriptors to be normalised by the service.
    public static ComputedModel ofBytes() {
        return of(ElementType.UINT8, "none");
    }

    private static Tensor describe(Tensor items) {
        Tensor output = Tensor.allocate(DESCRIPTORS, items.rows());
        FloatBuffer target = output.floats();
        for (int row = 0; row < items.rows(); row++) {
            for (int i = 0; i < DIMENSION; i++) {
                target.put(pixel(items, row * PATCH * PATCH + i));
            }
        }
        return output;
    }

    private static float pixel(Tensor items, int index) {
        return items.elementType() == ElementType.FLOAT32
                ? items.floats().get(index)
                : Byte.toUnsignedInt(items.bytes().get(index));
    }
}
