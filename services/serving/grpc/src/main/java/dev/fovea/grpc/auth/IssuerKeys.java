package dev.fovea.grpc.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.nimbusds.jose.jwk.JWKSet;
import dev.fovea.inference.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An issuer's keys, fetched on one daemon thread of its own: again and again, soon after a failure, and out of turn
/// for a key that is not known. Keys outlive an issuer that cannot be asked, for a day.
///
/// **Threads:** any; nothing waits. Whoever made it closes it.
final class IssuerKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final int REMEMBERED = 64;

    private final KeySource source;
    private final Timing timing;
    private final Ticker ticker;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fovea-issuer-keys").daemon().factory());
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Optional<Fetched> fetched = Optional.empty();

    @GuardedBy("lock")
    private String failure = "they have not been fetched yet";

    @GuardedBy("lock")
    private int failures;

    @GuardedBy("lock")
    private long lastStartNanos;

    @GuardedBy("lock")
    private boolean outOfTurn;

    /// When each was first asked for; as many as an attacker may fill without harm.
    @GuardedBy("lock")
    private final Map<String, Long> unknown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// @param refresh between two fetches that succeed
    /// @param firstRetry after a failure, doubled for each further one
    /// @param longestRetry the most that becomes
    /// @param leastPause between two fetches, whoever asks
    /// @param valid how long keys are used that cannot be fetched again
    record Timing(Duration refresh, Duration firstRetry, Duration longestRetry, Duration leastPause, Duration valid) {
        static final Timing DEFAULT = new Timing(
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofDays(1));
    }

    private record Fetched(JWKSet keys, long startNanos) {}

    IssuerKeys(KeySource source, Timing timing, Ticker ticker) {
        this.source = source;
        this.timing = timing;
        this.ticker = ticker;
        this.lastStartNanos = ticker.nanoTime() - timing.leastPause().toNanos();
        thread.execute(this::turn);
    }

    /// Empty while there are none, and when they are too old.
    Optional<JWKSet> now() {
        synchronized (lock) {
            return fetched.filter(this::valid).map(Fetched::keys);
        }
    }

    /// Why there are no keys; empty: there are.
    Optional<String> problem() {
        synchronized (lock) {
            return fetched.filter(this::valid).isPresent()
                    ? Optional.empty()
                    : Optional.of("the keys of the tokens' issuer are not known: " + failure);
        }
    }

    /// Whether a key that is not in [#now] may be after the next fetch, which this brings forward; false once a fetch
    /// that began later did not bring it.
    boolean mayCome(String keyId) {
        synchronized (lock) {
            long nanos = ticker.nanoTime();
            Long asked = unknown.putIfAbsent(keyId, nanos);
            if (asked != null
                    && fetched.filter(last -> last.startNanos() - asked > 0).isPresent()) {
                return false;
            }
            if (!outOfTurn) {
                outOfTurn = true;
                schedule(this::fetch, lastStartNanos + timing.leastPause().toNanos() - nanos);
            }
            return true;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    @GuardedBy("lock")
    private boolean valid(Fetched keys) {
        return ticker.nanoTime() - keys.startNanos() < timing.valid().toNanos();
    }

    private void turn() {
        fetch();
        schedule(this::turn, pause().toNanos());
    }

    private void fetch() {
        long startNanos = ticker.nanoTime();
        synchronized (lock) {
            lastStartNanos = startNanos;
        }
        try {
            JWKSet keys = source.fetch();
            synchronized (lock) {
                fetched = Optional.of(new Fetched(keys, startNanos));
                failures = 0;
                outOfTurn = false;
            }
            LOG.atDebug().addKeyValue("keys", keys.size()).log("the keys of the tokens' issuer are fetched");
        } catch (IOException | RuntimeException failed) {
            failed(String.valueOf(failed.getMessage()));
        }
    }

    private void failed(String why) {
        boolean first;
        synchronized (lock) {
            failure = why;
            first = failures++ == 0;
            outOfTurn = false;
        }
        if (first) {
            LOG.atWarn().addKeyValue("problem", why).log("the keys of the tokens' issuer cannot be fetched; asking on");
        }
    }

    private Duration pause() {
        synchronized (lock) {
            if (failures == 0) {
                return timing.refresh();
            }
            Duration doubled = timing.firstRetry().multipliedBy(1L << Math.min(failures - 1, 20));
            return doubled.compareTo(timing.longestRetry()) < 0 ? doubled : timing.longestRetry();
        }
    }

    private void schedule(Runnable task, long delayNanos) {
        try {
            var unused = thread.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // Closed meanwhile: nobody asks any more.
        }
    }
}
