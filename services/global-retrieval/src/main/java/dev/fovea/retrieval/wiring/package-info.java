/// The global retrieval service as a process: its configuration, engine, pipeline and entrances as beans.
///
/// It holds no logic; what every service shares is in `serving/quarkus`.
@NullMarked
package dev.fovea.retrieval.wiring;

import org.jspecify.annotations.NullMarked;
