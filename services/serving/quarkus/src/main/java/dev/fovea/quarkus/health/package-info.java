/// Whether this process is alive, ready and started, told by HTTP (SmallRye) and by gRPC (grpc.health.v1).
///
/// It judges no model and no consumer itself; it asks them.
@NullMarked
package dev.fovea.quarkus.health;

import org.jspecify.annotations.NullMarked;
