package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InferenceFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Purges the tombstones of deletes that are longer ago than they are to be remembered. Owned by one thread; several
/// processes may do the same at once.
final class Tombstones {

    private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);
    private static final Duration LONGEST_ROUND = Duration.ofHours(1);

    /// As many as one round purges before the others have their turn.
    private static final int MOST = 2000;

    private final Cluster cluster;
    private final InstantSource clock;
    private final Duration retention;
    private final String path;
    private Instant due;

    /// @param path `/` and the index's name
    Tombstones(Cluster cluster, InstantSource clock, Duration retention, String path) {
        this.cluster = cluster;
        this.clock = clock;
        this.retention = retention;
        this.path = path;
        this.due = clock.instant();
    }

    /// A failure is logged, and the next round tries again.
    void purgeIfDue(Deadline deadline) throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        Duration half = retention.dividedBy(2);
        due = now.plus(half.compareTo(LONGEST_ROUND) < 0 ? half : LONGEST_ROUND);
        try {
            long purged = purge(now.minus(retention), deadline);
            due = purged == MOST ? now : due;
        } catch (InferenceFailure notNow) {
            LOG.warn("tombstones of {} are not purged now: {}", path, notNow.getMessage());
        }
    }

    private long purge(Instant before, Deadline deadline) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("query", Queries.deletedBefore(before));
        // A conflict is a tombstone that was written over meanwhile.
        Call call = Call.post(
                path + "/_delete_by_query", Map.of("conflicts", "proceed", "max_docs", Integer.toString(MOST)), body);
        long purged = cluster.ask(call, deadline).require(call).path("deleted").asLong();
        if (purged > 0) {
            LOG.info("purged {} tombstones of {}", purged, path);
        }
        return purged;
    }
}
