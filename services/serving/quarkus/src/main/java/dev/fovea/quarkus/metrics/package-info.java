/// What the inference core, the Kafka entrance and the stages report, as Micrometer meters.
///
/// It decides nothing, and puts nothing into tags that a caller chooses.
@NullMarked
package dev.fovea.quarkus.metrics;

import org.jspecify.annotations.NullMarked;
