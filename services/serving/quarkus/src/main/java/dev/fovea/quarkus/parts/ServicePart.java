package dev.fovea.quarkus.parts;

import java.util.Optional;

/// Something that a service needs and owns besides its models, an index for one. A service produces any number; each
/// exists before the first event is taken.
public interface ServicePart extends AutoCloseable {

    /// In probes, one word.
    String name();

    /// What keeps it from doing its work now, one sentence; then the process is not ready and calls are not
    /// announced as served. Never waits; any thread.
    Optional<String> problem();

    /// Called once, after the consumers' last commit and before the models close.
    @Override
    void close();
}
