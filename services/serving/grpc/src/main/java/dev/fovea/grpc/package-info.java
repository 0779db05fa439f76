/// What every gRPC entrance of Fovea shares: failures as statuses, admission, calls on virtual threads, ordered bounded
/// streams, and the mapping of the messages of `common.proto`.
///
/// It is not a server and knows no framework, no model and no service.
@NullMarked
package dev.fovea.grpc;

import org.jspecify.annotations.NullMarked;
