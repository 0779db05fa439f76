package dev.fovea.inference.batching;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import java.time.Duration;

/// Whether an entry may still join a lane. Immutable.
record QueueLimits(String model, BatchPolicy policy) {

    /// An entry that would not fit an empty lane is refused for good rather than admitted alone: it would otherwise
    /// be told to come back again and again while others are waiting.
    ///
    /// @throws InvalidInput `ENTRY_TOO_LARGE` if the entry alone is over a limit
    /// @throws Overloaded `QUEUE_FULL` if it is over a limit together with what waits
    void check(Slice entry, WaitingLane lane, long nowNanos) {
        check("rows", entry.rows(), lane.rows(), policy.maxQueuedRows(), waitGuess(lane, nowNanos));
        check("bytes", entry.bytes(), lane.bytes(), policy.maxQueuedBytes(), waitGuess(lane, nowNanos));
    }

    private void check(String unit, long more, long waiting, long limit, Duration retryAfter) {
        if (more > limit) {
            throw new InvalidInput(
                    "ENTRY_TOO_LARGE",
                    "an entry of %d %s is above the %d %s that model %s queues"
                            .formatted(more, unit, limit, unit, model),
                    more + " " + unit,
                    limit + " " + unit);
        }
        if (waiting + more > limit) {
            throw new Overloaded(
                    "QUEUE_FULL",
                    "%d %s wait for model %s, %d more are above the limit of %d in a lane"
                            .formatted(waiting, unit, model, more, limit),
                    waiting + more + " " + unit,
                    limit + " " + unit,
                    retryAfter);
        }
    }

    /// What has waited longest tells how long it takes to get through.
    private Duration waitGuess(WaitingLane lane, long nowNanos) {
        Duration longest = Duration.ofNanos(nowNanos - lane.oldestNanos(nowNanos));
        return longest.compareTo(policy.maxDelay()) > 0 ? longest : policy.maxDelay();
    }
}
