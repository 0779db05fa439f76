/// The Kafka entrance of the patch description service: an image event in, a result message out.
///
/// It neither polls nor publishes; `dev.fovea.kafka` does.
@NullMarked
package dev.fovea.patches.events;

import org.jspecify.annotations.NullMarked;
