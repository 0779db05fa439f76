package dev.fovea.architectures.weights;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Tensors by name in memory, or from several places, under one origin.
///
/// @param tensors sorted by name
public record HeldWeights(WeightOrigin origin, Map<String, WeightTensor> tensors) implements WeightSource {

    public HeldWeights {
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(tensors.get(name));
    }
}
