package dev.fovea.inference.batching;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.session.OutputSet;

/// Turns the items of many callers into batches of one model.
///
/// Any thread may call; virtual threads are expected. Interrupting a waiting caller takes its entry out of the
/// queue.
public interface Batcher extends AutoCloseable {

    /// Waits until every row has been inferred. The rows may ride in several batches. The batcher reads `items`
    /// until the call returns; the caller must not change it meanwhile.
    ///
    /// The queue's limits count `items` alone. The answer is allocated when its rows leave the queue, and outputs
    /// that explain may be much larger than the item: whoever asks for them bounds how many such calls are in
    /// flight.
    ///
    /// @param items one row or more, as the model's input says
    /// @param outputs what the answer holds, whatever others in the same batch ask for
    /// @throws dev.fovea.inference.failure.InvalidInput if the tensor does not fit the model's input
    /// @throws dev.fovea.inference.failure.Overloaded if the queue is full
    /// @throws dev.fovea.inference.failure.DeadlineExceeded if the deadline passes first
    /// @throws dev.fovea.inference.failure.Unavailable if the batcher is draining or its model has failed for good
    /// @throws dev.fovea.inference.failure.ModelFailed if the model fails on these items alone
    Inferred infer(Tensor items, OutputSet outputs, Lane lane, Deadline deadline) throws InterruptedException;

    /// As [#infer(Tensor, OutputSet, Lane, Deadline)], for the outputs that answer.
    default Inferred infer(Tensor items, Lane lane, Deadline deadline) throws InterruptedException {
        return infer(items, OutputSet.ANSWERS, lane, deadline);
    }

    /// Refuses new entries, lets queued ones finish, and returns when all are answered or the deadline has
    /// passed, at which the rest fail as unavailable.
    void drain(Deadline deadline) throws InterruptedException;

    /// Drains without waiting and frees everything.
    @Override
    void close();
}
