package dev.fovea.opensearch;

import java.time.Duration;

/// How a collection is kept. What is not said otherwise is of an index that is made; one that exists keeps its own.
///
/// @param prefix of the index's name, before the collection's: lower-case letters, digits, `-` and `_`
/// @param shards 1 to 1,024
/// @param replicas copies besides the primary, 0 to 100; with 0, the loss of a node's disk loses entries
/// @param refresh how often writes become visible to searches, 100 ms to 1 h
/// @param tombstones how long a delete is remembered, whatever index; at least 1 s
public record IndexLayout(String prefix, int shards, int replicas, Duration refresh, Duration tombstones) {

    public static final IndexLayout DEFAULT =
            new IndexLayout("fovea-", 1, 1, Duration.ofSeconds(1), Duration.ofDays(7));

    /// @throws IllegalArgumentException if a value is out of its range
    public IndexLayout {
        require(prefix.matches("[a-z0-9][a-z0-9_-]*"), "index prefix", prefix, "lower-case letters, digits, - and _");
        require(shards >= 1 && shards <= 1024, "number of shards", shards, "1 to 1024");
        require(replicas >= 0 && replicas <= 100, "number of replicas", replicas, "0 to 100");
        boolean quick = refresh.toMillis() >= 100 && refresh.compareTo(Duration.ofHours(1)) <= 0;
        require(quick, "refresh interval", refresh, "100 ms to 1 h");
        require(tombstones.toMillis() >= 1000, "retention of tombstones", tombstones, "at least 1 s");
    }

    private static void require(boolean fine, String what, Object value, String limit) {
        if (!fine) {
            throw new IllegalArgumentException("the " + what + " is \"" + value + "\", it must be " + limit);
        }
    }
}
