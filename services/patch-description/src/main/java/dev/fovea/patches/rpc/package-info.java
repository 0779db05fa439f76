/// The gRPC entrance of the patch description service, and the mapping of its messages.
///
/// It computes nothing: it validates, calls the port and translates.
@NullMarked
package dev.fovea.patches.rpc;

import org.jspecify.annotations.NullMarked;
