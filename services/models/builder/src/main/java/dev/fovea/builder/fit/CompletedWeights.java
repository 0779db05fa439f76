package dev.fovea.builder.fit;

import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightTensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A trunk's tensors and fitted ones, which hide those of the same name, under an origin that tells both.
record CompletedWeights(WeightSource trunk, Map<String, WeightTensor> fitted, WeightOrigin origin)
        implements WeightSource {

    CompletedWeights {
        fitted = Map.copyOf(fitted);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(trunk.names());
        names.addAll(fitted.keySet());
        return names;
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.ofNullable(fitted.get(name)).or(() -> trunk.find(name, sizes));
    }
}
