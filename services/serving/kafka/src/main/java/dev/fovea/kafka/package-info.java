/// The Kafka entrance: events in, results and dead letters out; here are the types its users see.
///
/// It does not know what a service computes: a service is an [EventListener] for each topic that it consumes.
@NullMarked
package dev.fovea.kafka;

import org.jspecify.annotations.NullMarked;
