package dev.fovea.inference.session;

import dev.fovea.inference.Tensor;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.StoredSample;
import dev.fovea.repository.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/// The input of a model's stored sample, generated from its seed as [StoredSample] says.
public final class SampleInput {

    private static final int UINT8_SHIFT = 56;
    private static final int FLOAT32_SHIFT = 40;
    private static final float FLOAT32_SCALE = 0x1p-24f;

    private SampleInput() {}

    /// One item.
    ///
    /// @throws IllegalArgumentException if the model has no sample, or samples are not defined for the input's
    ///     element type
    public static Tensor of(ModelManifest manifest) {
        TensorSpec spec = manifest.inputs().getFirst();
        Tensor item = Tensor.allocate(spec, 1);
        fill(item, sample(manifest).seed(), spec);
        return item;
    }

    static StoredSample sample(ModelManifest manifest) {
        return manifest.sample()
                .orElseThrow(() -> new IllegalArgumentException("model " + manifest.name() + "@" + manifest.version()
                        + " has no stored sample, so nothing can tell whether its answers are right; build the file"
                        + " with \"fovea models build\", which records one"));
    }

    private static void fill(Tensor item, long seed, TensorSpec spec) {
        switch (spec.elementType()) {
            case UINT8 -> {
                ByteBuffer bytes = item.bytes();
                for (int i = 0; i < bytes.capacity(); i++) {
                    bytes.put(i, (byte) (StoredSample.splitMix64(seed, i) >>> UINT8_SHIFT));
                }
            }
            case FLOAT32 -> {
                FloatBuffer floats = item.floats();
                for (int i = 0; i < floats.capacity(); i++) {
                    floats.put(i, (StoredSample.splitMix64(seed, i) >>> FLOAT32_SHIFT) * FLOAT32_SCALE);
                }
            }
            case FLOAT16, INT64 ->
                throw new IllegalArgumentException("input " + spec.name() + " is " + spec.elementType()
                        + "; stored samples are defined for UINT8 and FLOAT32");
        }
    }
}
