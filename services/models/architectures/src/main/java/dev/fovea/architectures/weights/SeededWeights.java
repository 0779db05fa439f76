package dev.fovea.architectures.weights;

import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.Provenance;
import dev.fovea.repository.StoredSample;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Pseudo-random weights computed from each tensor's name, for tests and benchmarks; never an answer to a
/// user.
///
/// Each tensor's generator starts from the FNV-1a hash of `prefix + name`; element `i` is drawn from
/// SplitMix64, and scaled by the kind of parameter that the name and rank say it is (He's uniform range for
/// weights).
public record SeededWeights(String prefix) implements WeightSource {

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;
    private static final double UNIT = 0x1p-24;

    @Override
    public WeightOrigin origin() {
        return new WeightOrigin(
                Provenance.Kind.SEEDED,
                "pseudo-random from the names of the parameters, prefix \"" + prefix + "\"",
                Optional.empty(),
                "Apache-2.0");
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.of(new Seeded(hash(prefix + name), name, Shape.of(sizes)));
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    private record Seeded(long seed, String name, Shape shape) implements WeightTensor {

        @Override
        public float[] values() {
            float[] values = new float[Math.toIntExact(shape.fixedElements())];
            double scale = scale();
            double offset = offset();
            for (int i = 0; i < values.length; i++) {
                double u = (StoredSample.splitMix64(seed, i) >>> 40) * UNIT;
                values[i] = (float) (isWeight() ? (2 * u - 1) * scale : offset + scale * u);
            }
            return values;
        }

        private boolean isWeight() {
            return shape.rank() >= 2 && !name.endsWith("bias");
        }

        private double scale() {
            if (name.endsWith("running_var")) {
                return 1;
            }
            if (name.endsWith("running_mean")) {
                return 0.2;
            }
            if (name.endsWith("bias")) {
                return 0.1;
            }
            return shape.rank() >= 2 ? Math.sqrt(6.0 / ((double) shape.fixedElements() / shape.size(0))) : 0.5;
        }

        private double offset() {
            if (name.endsWith("running_var")) {
                return 0.5;
            }
            if (name.endsWith("running_mean")) {
                return -0.1;
            }
            return name.endsWith("bias") ? -0.05 : 0.25;
        }
    }
}
