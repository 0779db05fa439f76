/// The fine-grained classification service: its port, its pipeline and the records that cross them.
///
/// It knows neither gRPC nor Kafka nor protobuf: those are its entrances, in the packages below.
@NullMarked
package dev.fovea.classification;

import org.jspecify.annotations.NullMarked;
