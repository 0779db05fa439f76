package dev.fovea.quarkus.health;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers since when each subject has been in its state, and its last error. Any thread.
public final class ObservationLog {

    private final Clock clock;
    private final Map<String, Observation> latest = new ConcurrentHashMap<>();

    public ObservationLog(Clock clock) {
        this.clock = clock;
    }

    /// Notes what a subject is now.
    ///
    /// @param error what is wrong now, one sentence
    public Observation note(String subject, String state, Optional<String> error) {
        Instant now = clock.instant();
        return latest.merge(
                subject,
                new Observation(state, now, error),
                (before, seen) -> new Observation(
                        state, before.state().equals(state) ? before.since() : now, error.or(before::lastError)));
    }

    /// @param lastError kept after recovery
    public record Observation(String state, Instant since, Optional<String> lastError) {}
}
