package dev.fovea.architectures.page;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Weights of a network of which only sizes are wanted: all ones, every tensor noted.
final class SizesOnly implements WeightSource {

    private final Map<String, Shape> learnt = new TreeMap<>();

    /// What was asked for, without the statistics of batch norms, which are measured and not learnt.
    Map<String, Shape> learnt() {
        return learnt;
    }

    long parameters() {
        return learnt.values().stream().mapToLong(Shape::fixedElements).sum();
    }

    @Override
    public WeightOrigin origin() {
        return new SeededWeights("").origin();
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        Shape shape = Shape.of(sizes);
        if (!name.contains(".running_")) {
            learnt.put(name, shape);
        }
        return Optional.of(new Ones(shape));
    }

    private record Ones(Shape shape) implements WeightTensor {

        @Override
        public float[] values() {
            float[] values = new float[Math.toIntExact(shape.fixedElements())];
            Arrays.fill(values, 1);
            return values;
        }
    }
}
