package dev.fovea.tests.parity;

import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Weights with single elements replaced.
///
/// @param overrides value by `name[index]`, the index flat and row major
record OverriddenWeights(WeightSource source, Map<String, Double> overrides) implements WeightSource {

    OverriddenWeights {
        overrides = Map.copyOf(overrides);
    }

    @Override
    public WeightOrigin origin() {
        return source.origin();
    }

    @Override
    public Set<String> names() {
        return source.names();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return source.find(name, sizes).map(tensor -> new Overridden(name, tensor));
    }

    private final class Overridden implements WeightTensor {

        private final String name;
        private final WeightTensor tensor;

        Overridden(String name, WeightTensor tensor) {
            this.name = name;
            this.tensor = tensor;
        }

        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public float[] values() {
            float[] values = tensor.values();
            overrides.forEach((element, value) -> {
                int bracket = element.indexOf('[');
                if (element.substring(0, bracket).equals(name)) {
                    values[Integer.parseInt(element.substring(bracket + 1, element.length() - 1))] = value.floatValue();
                }
            });
            return values;
        }
    }
}
