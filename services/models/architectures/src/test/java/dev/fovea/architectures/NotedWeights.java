package dev.fovea.architectures;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Seeded weights that note what is asked for, and can then hold exactly that, as a file would.
public final class NotedWeights implements WeightSource {

    private final WeightSource seeded = new SeededWeights("");
    private final Map<String, Shape> asked = new TreeMap<>();

    public Map<String, Shape> asked() {
        return asked;
    }

    /// A file of what was asked for.
    public Held held() {
        return new Held(Map.copyOf(asked));
    }

    @Override
    public WeightOrigin origin() {
        return seeded.origin();
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        asked.put(name, Shape.of(sizes));
        return seeded.find(name, sizes);
    }

    /// Seeded tensors of given names and shapes, and no others.
    public record Held(Map<String, Shape> tensors) implements WeightSource {

        public Held with(String name, long... sizes) {
            Map<String, Shape> more = new TreeMap<>(tensors);
            more.put(name, Shape.of(sizes));
            return new Held(more);
        }

        public Held without(String name) {
            Map<String, Shape> fewer = new TreeMap<>(tensors);
            fewer.remove(name);
            return new Held(fewer);
        }

        @Override
        public WeightOrigin origin() {
            return new SeededWeights("").origin();
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }

        @Override
        public Optional<WeightTensor> find(String name, long... sizes) {
            return Optional.ofNullable(tensors.get(name)).flatMap(shape -> new SeededWeights("")
                    .find(
                            name,
                            shape.dims().stream()
                                    .mapToLong(dim -> Shape.of(dim).size(0))
                                    .toArray()));
        }
    }
}
