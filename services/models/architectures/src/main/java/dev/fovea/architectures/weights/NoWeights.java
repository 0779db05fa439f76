package dev.fovea.architectures.weights;

import dev.fovea.repository.Provenance;
import java.util.Optional;
import java.util.Set;

/// For networks whose every constant follows from a formula.
public record NoWeights() implements WeightSource {

    @Override
    public WeightOrigin origin() {
        return new WeightOrigin(
                Provenance.Kind.COMPUTED,
                "every constant follows from the options; no trained weights",
                Optional.empty(),
                "Apache-2.0");
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public Optional<WeightTensor> find(String name, long... sizes) {
        return Optional.empty();
    }
}
