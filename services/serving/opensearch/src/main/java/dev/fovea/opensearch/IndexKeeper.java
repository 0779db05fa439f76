package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.IndexRefused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to an index: sets it up, as soon as the cluster answers; looks every 2 s whether it can answer; purges old
/// tombstones.
///
/// One virtual thread; others read [#problem]. Whoever makes it closes it.
final class IndexKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final long ROUND_MILLIS = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final IndexSetup setup;
    private final Tombstones tombstones;
    private final String index;
    private final Thread thread;
    private volatile Optional<String> problem = Optional.of("the index was not looked at yet");
    private volatile Optional<Duration> refresh = Optional.empty();
    private volatile boolean closed;

    IndexKeeper(Cluster cluster, IndexSetup setup, Tombstones tombstones, String index) {
        this.cluster = cluster;
        this.setup = setup;
        this.tombstones = tombstones;
        this.index = index;
        this.thread = Thread.ofVirtual().name("opensearch-keeper-" + index).unstarted(this::keep);
    }

    /// Sets the index up, and goes on keeping it. Returns also if the cluster does not answer; [#problem] says so then.
    ///
    /// @throws IndexRefused if the index there does not fit
    void start() throws InterruptedException {
        look();
        thread.start();
    }

    Optional<String> problem() {
        return closed ? Optional.of("index " + index + " is closed") : problem;
    }

    /// How often the index makes writes visible; empty until it was set up.
    Optional<Duration> refresh() {
        return refresh;
    }

    /// @throws Unavailable until the index was set up, and when it is closed
    void requireSetUp() {
        if (closed || refresh.isEmpty()) {
            throw new Unavailable(Trouble.UNAVAILABLE, problem().orElse("index " + index + " is being set up"));
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void keep() {
        try {
            while (true) {
                cluster.pause(ROUND_MILLIS);
                try {
                    look();
                    tombstones.purgeIfDue(deadline());
                } catch (IndexRefused refused) {
                    note(Optional.of(String.valueOf(refused.getMessage())));
                }
            }
        } catch (InterruptedException | InferenceFailure closing) {
            LOG.debug("index {} is not kept any more: {}", index, closing.getMessage());
        }
    }

    private void look() throws InterruptedException {
        try {
            if (refresh.isEmpty()) {
                refresh = Optional.of(setup.ensure(deadline()));
            }
            note(health());
        } catch (InferenceFailure silent) {
            cluster.requireOpen();
            note(Optional.of("index " + index + ": " + silent.getMessage()));
        }
    }

    /// As the node that answers knows it: searches go on while the nodes elect a manager.
    private Optional<String> health() throws InterruptedException {
        Call call = Call.get("/_cluster/health/" + index, Map.of("local", "true", "timeout", "1s"));
        JsonNode health = cluster.ask(call, deadline()).body();
        if (health.path("active_primary_shards").asInt() == 0) {
            setup.ensure(deadline()); // somebody may have deleted it
        }
        return health.path("status").asText().equals("red")
                ? Optional.of("index " + index + " is red: of some of its shards no copy is up")
                : Optional.empty();
    }

    private void note(Optional<String> now) {
        if (!now.equals(problem)) {
            now.ifPresentOrElse(text -> LOG.warn("{}", text), () -> LOG.info("index {} answers", index));
        }
        problem = now;
    }

    private Deadline deadline() {
        return Deadline.after(PATIENCE, cluster.ticker());
    }
}
