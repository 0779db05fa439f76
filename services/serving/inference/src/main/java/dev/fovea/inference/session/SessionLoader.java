package dev.fovea.inference.session;

import dev.fovea.repository.ModelVersion;

/// Loads models into sessions; the port that a runtime implements.
@FunctionalInterface
public interface SessionLoader {

    /// Called on the platform thread that will own the session.
    ///
    /// @throws SessionException naming the file and what is wrong with it, or what the execution provider lacks
    ModelSession load(ModelVersion model) throws SessionException;
}
