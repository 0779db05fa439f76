/// The Kafka entrance of the fine-grained classification service: an image event in, a result message out.
///
/// It neither polls nor publishes; `dev.fovea.kafka` does.
@NullMarked
package dev.fovea.classification.events;

import org.jspecify.annotations.NullMarked;
