/// The Kafka entrances of the global retrieval service: image events become entries, queries become answers.
///
/// They neither poll nor publish; `dev.fovea.kafka` does.
@NullMarked
package dev.fovea.retrieval.events;

import org.jspecify.annotations.NullMarked;
