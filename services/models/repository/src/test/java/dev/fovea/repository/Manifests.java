package dev.fovea.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A manifest to start tests from.
final class Manifests {

    private Manifests() {}

    /// With the outputs `descriptors`, `map` and `peaks`.
    static ModelManifest explained(String explains) {
        ModelManifest like = siftnet();
        return new ModelManifest(
                "explained",
                like.version(),
                like.task(),
                like.architecture(),
                Map.of(ModelManifest.EXPLAINS, explains),
                like.inputs(),
                List.of(
                        like.outputs().getFirst(),
                        new TensorSpec("map", ElementType.FLOAT32, List.of(3, 3), "row, column"),
                        new TensorSpec("peaks", ElementType.FLOAT32, List.of(2), "x, y")),
                like.preprocessing(),
                like.labels(),
                like.outputNormalization(),
                like.batchBuckets(),
                like.provenance(),
                like.paper(),
                like.sample());
    }

    static ModelManifest siftnet() {
        return new ModelManifest(
                "siftnet",
                3,
                "patch-description",
                "siftnet",
                Map.of("rootsift", "true", "clipval", "0.2", "patch_size", "32"),
                List.of(new TensorSpec("patches", ElementType.UINT8, List.of(32, 32), "grey patches")),
                List.of(new TensorSpec("descriptors", ElementType.FLOAT32, List.of(128), "unit norm")),
                new PatchPreprocessing(32, 12.0),
                List.of("a", "b"),
                "l2",
                List.of(1, 8, 32),
                new Provenance(Provenance.Kind.COMPUTED, "formulas", Optional.of("ab12"), "Apache-2.0", "fovea 1"),
                "Lowe 2004",
                Optional.of(StoredSample.of(7, new float[] {0.25f, -1.5f}, 1e-3)));
    }
}
