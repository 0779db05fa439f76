/// The parts of a service's process that have a life of their own: its models and its Kafka entrance.
///
/// It decides neither when they start nor whether they are healthy.
@NullMarked
package dev.fovea.quarkus.parts;

import org.jspecify.annotations.NullMarked;
