package dev.fovea.architectures.weights;

import java.util.Optional;
import java.util.Set;

/// Tensors by name. One thread reads it.
public interface WeightSource {

    WeightOrigin origin();

    /// The names of what it holds; a source that can make up any tensor has none.
    Set<String> names();

    /// @param sizes the network wants; a source that holds tensors ignores them
    Optional<WeightTensor> find(String name, long... sizes);
}
