package dev.fovea.inference.lifecycle;

import dev.fovea.repository.ModelVersion;

/// Hears of a model's changes of state, in order; called by the thread that made the change, must not block.
@FunctionalInterface
public interface StateListener {

    /// Listens to nothing.
    StateListener NONE = (model, from, to) -> {};

    void changed(ModelVersion model, ModelState from, ModelState to);
}
