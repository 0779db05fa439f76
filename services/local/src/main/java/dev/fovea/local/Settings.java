package dev.fovea.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the command line says.
///
/// @param images empty for those of `labels`, or the sample scenes
/// @param labels what the classifier learns; empty for rendered textures
/// @param patience without any answer for so long, what is unanswered is lost
/// @param services folder of the services' modules
record Settings(
        Optional<Path> images,
        Optional<Path> labels,
        Path data,
        boolean once,
        Duration patience,
        long seed,
        Listening listening,
        Path services) {

    /// Where everything listens.
    record Listening(PortChoice kafka, Doors description, Doors classification, Doors retrieval) {}

    /// Where one service listens.
    ///
    /// @param http of its health and metrics
    record Doors(PortChoice grpc, PortChoice http) {}
}
