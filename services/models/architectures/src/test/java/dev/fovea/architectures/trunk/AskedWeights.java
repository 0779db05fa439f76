package dev.fovea.architectures.trunk;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Notes the name and shape of every tensor that a network asks for; all are zero.
public final class AskedWeights implements WeightSource {

    private final Map<String, Shape> asked = new TreeMap<>();

    public Map<String, Shape> asked() {
        return asked;
    }

    /// Numbers that training changes: all but the statistics of batch normalisation.
    long trained() {
        return asked.entrySet().stream()
                .filter(tensor -> !tensor.getKey().contains("running_"))
                .mapToLong(tensor -> tensor.getValue().fixedElements())
                .sum();
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
        asked.put(name, Shape.of(sizes));
        return Optional.empty();
    }
}
