package dev.fovea.architectures.weights;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tensors by name in memory, or from several places, under one origin.
public record HeldWeights(WeightOrigin origin, Map<String, WeightTensor> tensors) implements WeightSource {

    public HeldWeights {
        tensors = Map.copyOf(new TreeMap<>(tensors));
    }

    /// Sorted.
    @Override
    public Set<String> names() {
        return new TreeSet<>(tensors.keySet());
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(tensors.get(name));
    }
}
