package dev.fovea.inference.session;

import dev.fovea.repository.ModelVersion;

/// Loads models; the port that an engine implements.
@FunctionalInterface
public interface SessionLoader {

    /// Called on the platform thread that will own the session.
    ///
    /// @throws SessionException naming the file and what is wrong with it, or what the execution provider lacks
    ModelSession load(ModelVersion model) throws SessionException;
}
