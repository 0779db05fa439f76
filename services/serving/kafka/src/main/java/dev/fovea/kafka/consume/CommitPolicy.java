package dev.fovea.kafka.consume;

import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.KafkaSettings;

/// When finished events are worth a commit.
///
/// A transaction costs 10 to 20 ms whatever is in it, so it waits for company: up to the commit interval, or until a
/// quarter of what may be in flight is finished. Without transactions there is nothing to wait for.
///
/// Units: bytes, nanoseconds.
record CommitPolicy(boolean waits, int records, long bytes, long intervalNanos) {

    static CommitPolicy of(KafkaSettings settings) {
        return new CommitPolicy(
                settings.publishing().delivery() == Delivery.EXACTLY_ONCE,
                Math.max(1, settings.inFlight().maxRecords() / 4),
                settings.inFlight().maxBytes() / 4,
                settings.publishing().commitInterval().toNanos());
    }

    /// @param finishedRecords that could be committed, and their bytes
    /// @param sinceLastNanos since the last commit ended
    boolean isDue(int finishedRecords, long finishedBytes, long sinceLastNanos) {
        if (finishedRecords == 0) {
            return false;
        }
        return !waits || finishedRecords >= records || finishedBytes >= bytes || sinceLastNanos >= intervalNanos;
    }
}
