package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.PatchPreprocessing;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.StoredSample;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model small enough to be computed by hand: `(a, b) → (2a + 1, a - 3b, b)`, as second output `(a)`, and as one
/// that only explains `(a + b)`.
///
/// By convention of the tests `a` identifies a row; an answer thus tells to which row it belongs.
public final class FakeModel {

    public static final ModelVersion VERSION = new ModelVersion("fake", 1, Path.of("fake", "1", "model.onnx"));
    public static final TensorSpec INPUT = new TensorSpec("items", ElementType.FLOAT32, List.of(2), "(a, b)");
    public static final List<TensorSpec> OUTPUTS = List.of(
            new TensorSpec("answer", ElementType.FLOAT32, List.of(3), "(2a + 1, a - 3b, b)"),
            new TensorSpec("identity", ElementType.FLOAT32, List.of(1), "(a)"),
            new TensorSpec("explanation", ElementType.FLOAT32, List.of(1), "(a + b)"));

    private static final long SEED = 20_261_121L;

    private FakeModel() {}

    public static ModelManifest manifest(Integer... buckets) {
        return manifest(Optional.of(sample()), buckets);
    }

    public static ModelManifest manifest(Optional<StoredSample> sample, Integer... buckets) {
        return new ModelManifest(
                VERSION.name(),
                VERSION.version(),
                "test",
                "fake",
                Map.of(ModelManifest.EXPLAINS, "explanation"),
                List.of(INPUT),
                OUTPUTS,
                new PatchPreprocessing(2, PatchPreprocessing.DEFAULT_MAGNIFICATION),
                List.of(),
                "none",
                List.of(buckets),
                new Provenance(Provenance.Kind.COMPUTED, "by hand", Optional.empty(), "Apache-2.0", "test"),
                "none",
                sample);
    }

    /// One item per identity, with `b = a / 2`.
    public static Tensor items(int... identities) {
        Tensor items = Tensor.allocate(INPUT, identities.length);
        FloatBuffer floats = items.floats();
        for (int i = 0; i < identities.length; i++) {
            floats.put(2 * i, identities[i]);
            floats.put(2 * i + 1, identities[i] / 2f);
        }
        return items;
    }

    /// What the model answers to the item of [#items].
    public static float[] answerTo(int identity) {
        return compute(identity, identity / 2f);
    }

    /// What the model explains of the item of [#items].
    public static float explanationOf(int identity) {
        return identity + identity / 2f;
    }

    static float[] compute(float a, float b) {
        return new float[] {2 * a + 1, a - 3 * b, b};
    }

    private static StoredSample sample() {
        float a = (StoredSample.splitMix64(SEED, 0) >>> 40) / (float) (1 << 24);
        float b = (StoredSample.splitMix64(SEED, 1) >>> 40) / (float) (1 << 24);
        return StoredSample.of(SEED, compute(a, b), 1e-6);
    }
}
