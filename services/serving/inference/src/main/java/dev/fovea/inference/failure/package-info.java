/// Everything that can go wrong, as one sealed family.
///
/// It does not know gRPC statuses or Kafka dispositions; the entrances map exhaustively.
@NullMarked
package dev.fovea.inference.failure;

import org.jspecify.annotations.NullMarked;
