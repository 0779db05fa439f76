/// The gRPC entrance of the fine-grained classification service, and the mapping of its requests.
///
/// It computes nothing: it validates, calls the port and translates.
@NullMarked
package dev.fovea.classification.rpc;

import org.jspecify.annotations.NullMarked;
