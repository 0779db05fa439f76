package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tensors of a test, in whatever shape the layer asks for.
record GivenWeights(Map<String, List<Float>> tensors) implements WeightSource {

    static WeightScope scope(Map<String, List<Float>> tensors) {
        return WeightScope.of(new GivenWeights(tensors));
    }

    @Override
    public WeightOrigin origin() {
        return new NoWeights().origin();
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(tensors.get(name)).map(numbers -> new Given(numbers, Shape.of(sizes)));
    }

    private record Given(List<Float> numbers, Shape shape) implements WeightTensor {

        @Override
        public float[] values() {
            float[] values = new float[numbers.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.get(i);
            }
            return values;
        }
    }
}
