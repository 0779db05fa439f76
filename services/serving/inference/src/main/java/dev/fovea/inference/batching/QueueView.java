package dev.fovea.inference.batching;

/// What a [BatchPolicy] may know of a queue, as one instance sees it.
///
/// @param interactiveRows rows waiting in the interactive lane
/// @param bulkRows rows waiting in the bulk lane
/// @param oldestNanos when the entry that has waited longest entered; meaningless if no row waits
/// @param demand what the asking instance could do with a batch
/// @param draining whether no further entry will come
public record QueueView(int interactiveRows, int bulkRows, long oldestNanos, Demand demand, boolean draining) {

    public int rows() {
        return interactiveRows + bulkRows;
    }

    /// What the asking instance could do with a batch.
    public enum Demand {
        /// Its owner thread has nothing to run.
        NOW,
        /// Its owner thread runs a batch; another can be gathered meanwhile.
        AHEAD,
        /// Its owner thread runs a batch, and another instance has nothing to run and should get what there is.
        NONE
    }
}
