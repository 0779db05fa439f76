package dev.fovea.inference.batching;

import dev.fovea.inference.Lane;

/// What a batcher reports; called on its own threads, must not block.
public interface BatchingMetrics {

    void entered(Lane lane, int rows);

    /// An entry left the queue without having been inferred.
    void abandoned(Lane lane, Cause cause);

    void refused(Lane lane, String code);

    /// A batch was run, with Triton's split of its time.
    void ran(BatchRun run);

    /// How many rows and bytes wait now.
    void queued(int interactiveRows, int bulkRows, long bytes);

    /// Why an entry left the queue.
    enum Cause {
        CANCELLED,
        EXPIRED,
        DRAINED
    }

    /// Why a batch was dispatched.
    enum Dispatch {
        FULL,
        DELAY,
        DRAINING,
        /// A single entry run again after its batch had failed.
        RETRY,
        /// The stored sample, run on one instance to judge its health.
        PROBE
    }

    /// One run of the model.
    ///
    /// @param bucket rows after padding
    /// @param queueNanos longest wait of its entries
    /// @param inputNanos gathering the entries' rows
    /// @param inferNanos the run itself
    /// @param outputNanos handing the answers out
    record BatchRun(
            Dispatch dispatch,
            int rows,
            int bucket,
            int interactiveRows,
            long queueNanos,
            long inputNanos,
            long inferNanos,
            long outputNanos,
            boolean failed) {}

    /// Reports nothing.
    BatchingMetrics NONE = new BatchingMetrics() {
        @Override
        public void entered(Lane lane, int rows) {}

        @Override
        public void abandoned(Lane lane, Cause cause) {}

        @Override
        public void refused(Lane lane, String code) {}

        @Override
        public void ran(BatchRun run) {}

        @Override
        public void queued(int interactiveRows, int bulkRows, long bytes) {}
    };
}
