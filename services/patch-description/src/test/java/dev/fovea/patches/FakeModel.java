package dev.fovea.patches;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.batching.Batcher;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A model of 4 px patches whose descriptor is the first three pixels: computed, as they are, by hand.
public final class FakeModel implements ServingModel, Batcher {
    public static final int PATCH = 4;
    public static final int DIMENSION = 3;

    private final ModelManifest manifest;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    public FakeModel(ElementType inputType, String normalization) {
        this.manifest = new ModelManifest(
                "pixels",
                1,
                "patch-description",
                "pixels",
                Map.of(),
                List.of(new TensorSpec("patches", inputType, List.of(PATCH, PATCH), "grey")),
                List.of(new TensorSpec("descriptors", ElementType.FLOAT32, List.of(DIMENSION), "pixels")),
                new PatchPreprocessing(PATCH, PatchPreprocessing.DEFAULT_MAGNIFICATION),
                List.of(),
                normalization,
                List.of(1, 8),
                new Provenance(Provenance.Kind.COMPUTED, "test", Optional.empty(), "Apache-2.0", "test"),
                "none",
                Optional.empty());
    }

    /// UINT8 patches, descriptors to be normalised by the service.
    public static FakeModel ofBytes() {
        return new FakeModel(ElementType.UINT8, "none");
    }

    /// The lane of every inference so far.
    public List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    public void failWith(RuntimeException thrown) {
        failure = Optional.of(thrown);
    }

    @Override
    public Inferred infer(Tensor items, OutputSet outputs, Lane lane, Deadline deadline) {
        lanes.add(lane);
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        Tensor output = Tensor.allocate(manifest.outputs().getFirst(), items.rows());
        FloatBuffer target = output.floats();
        for (int row = 0; row < items.rows(); row++) {
            for (int i = 0; i < DIMENSION; i++) {
                target.put(pixel(items, row * PATCH * PATCH + i));
            }
        }
        return new Inferred(List.of(output), 1_000, 2_000, items.rows());
    }

    private static float pixel(Tensor items, int index) {
        if (items.elementType() == ElementType.FLOAT32) {
            return items.floats().get(index);
        }
        ByteBuffer bytes = items.bytes();
        return Byte.toUnsignedInt(bytes.get(index));
    }

    @Override
    public ModelManifest manifest() {
        return manifest;
    }

    @Override
    public String digest() {
        return "sha256:" + "0".repeat(64);
    }

    @Override
    public List<String> executionProviders() {
        return List.of("fake");
    }

    @Override
    public ModelState state() {
        return new ModelState.Serving();
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public Batcher batcher() {
        return this;
    }

    @Override
    public void drain(Deadline deadline) {}

    @Override
    public void close() {}
}
