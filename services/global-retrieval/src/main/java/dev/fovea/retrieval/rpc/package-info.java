/// The gRPC entrance of the global retrieval service, and the mapping of its messages.
///
/// It computes nothing: it validates, calls the port and translates.
@NullMarked
package dev.fovea.retrieval.rpc;

import org.jspecify.annotations.NullMarked;
