package dev.fovea.kafka.consume;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the outside may know about a consumer at one moment; for health checks. Immutable.
///
/// @param lastPollNanos when the owning thread last polled, or last tried to connect again, on the ticker's scale
/// @param assigned partitions, as `topic-partition`
/// @param lastFailureOrNull what went wrong last and has not succeeded since
public record ConsumerState(
        Phase phase,
        long lastPollNanos,
        Set<String> assigned,
        boolean paused,
        int inFlightRecords,
        long inFlightBytes,
        @Nullable String lastFailureOrNull) {

    public ConsumerState {
        assigned = Set.copyOf(assigned);
    }

    /// What went wrong last and has not succeeded since; one sentence.
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailureOrNull);
    }

    /// The same, seen alive at another moment.
    ConsumerState aliveAt(long nanos) {
        return new ConsumerState(phase, nanos, assigned, paused, inFlightRecords, inFlightBytes, lastFailureOrNull);
    }

    /// Where a consumer is in its life.
    public enum Phase {
        /// Not started.
        NEW,
        /// Connecting, at first or again after a failure.
        CONNECTING,
        /// Polling.
        RUNNING,
        /// Polling, but taking nothing new; finishing what is in flight.
        DRAINING,
        /// Closed in good order.
        STOPPED,
        /// The owning thread has ended by an error; only a new process helps.
        DEAD
    }
}
