package dev.fovea.quarkus;

import dev.fovea.repository.ModelManifest;
import java.util.Optional;

/// Which models a service can use; every service produces one, so that a model of another task fails when it is
/// loaded and not at its first request. Any thread.
@FunctionalInterface
public interface ModelAcceptance {

    /// What keeps the service from using the model, one clause with value and expectation; empty: nothing.
    Optional<String> problem(ModelManifest manifest);
}
