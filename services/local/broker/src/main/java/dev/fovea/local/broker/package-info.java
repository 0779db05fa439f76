/// A real single-node Kafka broker (KRaft, no Docker) as a process of its own.
///
/// It is for one machine: no replication, no authentication, listening on the loopback address only.
@NullMarked
package dev.fovea.local.broker;

import org.jspecify.annotations.NullMarked;
