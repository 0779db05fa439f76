package dev.fovea.tests.parity;

import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Counts how often each tensor of another source is read.
record CountedWeights(WeightSource source, Map<String, Integer> reads, Map<String, Shape> shapes)
        implements WeightSource {

    CountedWeights(WeightSource source) {
        this(source, new LinkedHashMap<>(), new LinkedHashMap<>());
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
        reads.merge(name, 1, Integer::sum);
        shapes.put(name, Shape.of(sizes));
        return source.find(name, sizes);
    }

    /// A source that holds the tensors read so far and no others, as a file would.
    Held held() {
        return new Held(source, Map.copyOf(shapes));
    }

    record Held(WeightSource source, Map<String, Shape> shapes) implements WeightSource {

        Held with(String name, long... sizes) {
            Map<String, Shape> more = new LinkedHashMap<>(shapes);
            more.put(name, Shape.of(sizes));
            return new Held(source, more);
        }

        @Override
        public WeightOrigin origin() {
            return source.origin();
        }

        @Override
        public Set<String> names() {
            return shapes.keySet();
        }

        @Override
        public Optional<WeightTensor> find(String name, long... sizes) {
            return shapes.containsKey(name) ? source.find(name, sizes) : Optional.empty();
        }
    }
}
