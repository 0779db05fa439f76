package dev.fovea.quarkus.health;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;

/// Failures with no more than short pauses between them. A pause alone is no recovery: two workers that fence each
/// other take turns at being assigned partitions. Any thread.
final class FailureSpell {

    private final long limitNanos;

    @GuardedBy("this")
    private Optional<String> latest = Optional.empty();

    @GuardedBy("this")
    private long firstNanos;

    @GuardedBy("this")
    private long lastNanos;

    /// @param limit a spell as long as this is reported; a pause as long as this ends it
    FailureSpell(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /// Takes note of what is seen now.
    ///
    /// @return the latest failure, once the spell has lasted the limit and until it has ended
    synchronized Optional<String> seen(Optional<String> failure, long nowNanos) {
        if (failure.isPresent()) {
            if (latest.isEmpty()) {
                firstNanos = nowNanos;
            }
            latest = failure;
            lastNanos = nowNanos;
        } else if (nowNanos - lastNanos >= limitNanos) {
            latest = Optional.empty();
        }
        return lastNanos - firstNanos >= limitNanos ? latest : Optional.empty();
    }
}
