/// The fine-grained classification service as a process: its own configuration, its pipeline and its two entrances as
/// beans.
///
/// It holds no logic; what every service shares is in `serving/quarkus`.
@NullMarked
package dev.fovea.classification.wiring;

import org.jspecify.annotations.NullMarked;
