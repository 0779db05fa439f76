package dev.fovea.kafka.consume;

import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.publish.Outgoing;
import java.util.List;

/// When finished events are worth a commit, and how many of them one commit takes.
///
/// A transaction costs 10 to 20 ms whatever is in it, so it waits for company: up to the commit interval, or until a
/// quarter of what may be in flight is finished. Without transactions there is nothing to wait for.
///
/// A transaction must end within its timeout, so after an outage what has piled up goes out in several.
///
/// Units: bytes, nanoseconds.
record CommitPolicy(boolean waits, int records, long bytes, long intervalNanos) {

    // Through a transaction's 10 s at 7 MB/s, however much the settings allow in flight.
    private static final long MOST_BYTES = 64L << 20;

    static CommitPolicy of(KafkaSettings settings) {
        return new CommitPolicy(
                settings.publishing().delivery() == Delivery.EXACTLY_ONCE,
                Math.max(1, settings.inFlight().maxRecords() / 4),
                Math.min(settings.inFlight().maxBytes() / 4, MOST_BYTES),
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

    /// The first events that one commit takes: those within both limits by what they publish, one at least.
    ///
    /// @param finished in the order of each partition's offsets
    List<EventInFlight> portion(List<EventInFlight> finished) {
        long size = 0;
        for (int count = 0; count < finished.size(); count++) {
            size += finished.get(count).outgoing().map(Outgoing::sizeBytes).orElse(0L);
            if (count > 0 && (count == records || size > bytes)) {
                return finished.subList(0, count);
            }
        }
        return finished;
    }
}
