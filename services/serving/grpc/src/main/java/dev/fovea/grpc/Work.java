package dev.fovea.grpc;

import dev.fovea.inference.Deadline;

/// What answers one unary call; runs on the call's own thread and may block.
///
/// @param <A> the response
@FunctionalInterface
public interface Work<A> {
    /// @throws InterruptedException if the call was cancelled
    A answer(Deadline deadline) throws InterruptedException;
}
