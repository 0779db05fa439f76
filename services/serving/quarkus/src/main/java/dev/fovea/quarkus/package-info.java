/// The wiring of every service: configuration becomes objects, in the order of their start, and ends them in the
/// written order of the drain.
///
/// It holds no logic of inference, imaging, gRPC or Kafka, and knows no particular service.
@NullMarked
package dev.fovea.quarkus;

import org.jspecify.annotations.NullMarked;
