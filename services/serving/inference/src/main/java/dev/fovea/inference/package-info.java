/// The inference core: the words every part of serving shares (tensor, deadline, lane, stage).
///
/// It knows no framework, no ONNX Runtime, no gRPC and no Kafka; those are adapters around it.
@NullMarked
package dev.fovea.inference;

import org.jspecify.annotations.NullMarked;
