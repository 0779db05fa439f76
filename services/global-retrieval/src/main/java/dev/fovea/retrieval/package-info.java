/// The global retrieval service: its port, its pipeline, its collections and the records that cross them.
///
/// It knows neither gRPC nor Kafka nor protobuf: those are its entrances, in the packages below; and no index engine.
@NullMarked
package dev.fovea.retrieval;

import org.jspecify.annotations.NullMarked;
