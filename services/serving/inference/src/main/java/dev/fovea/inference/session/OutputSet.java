package dev.fovea.inference.session;

import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;

/// Which outputs of a model are wanted. What is not wanted is neither copied nor given memory.
public enum OutputSet {
    /// Those that answer.
    ANSWERS,
    /// Those that only explain, too; the same as [#ANSWERS] for a model that has none.
    ALL;

    /// In the manifest's order.
    public List<TensorSpec> of(ModelManifest manifest) {
        return switch (this) {
            case ANSWERS -> manifest.answers();
            case ALL -> manifest.outputs();
        };
    }
}
