package dev.fovea.grpc;

import dev.fovea.inference.Deadline;
import dev.fovea.proto.v1.Failure;

/// What answers the requests of a stream; each runs on its own thread and may block.
///
/// @param <Q> the request
/// @param <A> the response
public interface StreamWork<Q, A> {
    /// @throws InterruptedException if the stream was cancelled
    A answer(Q request, Deadline deadline) throws InterruptedException;

    /// The response that tells a failure of `request`.
    A failed(Q request, Failure failure);
}
