package dev.fovea.inference.batching;

import dev.fovea.inference.batching.BatchDecision.Dispatch;
import dev.fovea.inference.batching.BatchDecision.Idle;
import dev.fovea.inference.batching.BatchDecision.LookAgainAt;
import dev.fovea.inference.batching.QueueView.Demand;
import java.time.Duration;

/// When to dispatch a batch, and how much may wait for one. All decisions are pure functions of a [QueueView].
///
/// A batch goes when it is full, or when its oldest entry has waited for `maxDelay` and an instance has nothing
/// else to run. An instance that is busy takes only full batches ahead: a part-filled one would run no earlier
/// and could not grow any more.
///
/// @param maxBatch rows of the largest batch, 1 to 4096; a model with a smaller largest bucket lowers it
/// @param maxDelay how long an entry waits for others while an instance is idle, 0 to 10 s
/// @param maxQueuedRows rows that may wait in each lane, `maxBatch` to 10 million
/// @param maxQueuedBytes bytes that may wait in each lane, 1 to 2^40
/// @param bulkShare least share of the rows that bulk entries get while interactive ones compete, 0 to 0.5
public record BatchPolicy(int maxBatch, Duration maxDelay, int maxQueuedRows, long maxQueuedBytes, double bulkShare) {

    private static final int LARGEST_BATCH = 4096;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final int MOST_QUEUED_ROWS = 10_000_000;
    private static final long MOST_QUEUED_BYTES = 1L << 40;
    private static final double LARGEST_SHARE = 0.5;

    // After the limits, which its constructor reads.
    public static final BatchPolicy DEFAULT = new BatchPolicy(256, Duration.ofMillis(2), 16_384, 256L << 20, 0.125);

    /// @throws IllegalArgumentException naming the value that is out of range, and the range
    public BatchPolicy {
        require(maxBatch >= 1 && maxBatch <= LARGEST_BATCH, "maxBatch", maxBatch, "1 to " + LARGEST_BATCH + " rows");
        require(
                !maxDelay.isNegative() && maxDelay.compareTo(LONGEST_DELAY) <= 0,
                "maxDelay",
                maxDelay,
                "PT0S to " + LONGEST_DELAY);
        require(
                maxQueuedRows >= maxBatch && maxQueuedRows <= MOST_QUEUED_ROWS,
                "maxQueuedRows",
                maxQueuedRows,
                "maxBatch (" + maxBatch + ") to " + MOST_QUEUED_ROWS + " rows");
        require(
                maxQueuedBytes >= 1 && maxQueuedBytes <= MOST_QUEUED_BYTES,
                "maxQueuedBytes",
                maxQueuedBytes,
                "1 to " + MOST_QUEUED_BYTES + " bytes");
        require(bulkShare >= 0 && bulkShare <= LARGEST_SHARE, "bulkShare", bulkShare, "0 to " + LARGEST_SHARE);
    }

    public BatchDecision decide(QueueView queue, long nowNanos) {
        int rows = queue.rows();
        if (rows == 0 || queue.demand() == Demand.NONE) {
            return new Idle();
        }
        if (rows >= maxBatch) {
            return new Dispatch(maxBatch, BatchingMetrics.Dispatch.FULL);
        }
        if (queue.draining()) {
            return new Dispatch(rows, BatchingMetrics.Dispatch.DRAINING);
        }
        if (queue.demand() == Demand.AHEAD) {
            return new Idle();
        }
        long dueNanos = queue.oldestNanos() + maxDelay.toNanos();
        return dueNanos - nowNanos <= 0
                ? new Dispatch(rows, BatchingMetrics.Dispatch.DELAY)
                : new LookAgainAt(dueNanos);
    }

    /// This policy for a model whose largest bucket is `maxRows`.
    public BatchPolicy cappedAt(int maxRows) {
        return maxRows >= maxBatch
                ? this
                : new BatchPolicy(maxRows, maxDelay, maxQueuedRows, maxQueuedBytes, bulkShare);
    }

    private static void require(boolean inRange, String name, Object value, String range) {
        if (!inRange) {
            throw new IllegalArgumentException("batch policy: " + name + " is " + value + ", allowed: " + range);
        }
    }
}
