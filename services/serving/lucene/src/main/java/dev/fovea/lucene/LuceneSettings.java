package dev.fovea.lucene;

import java.nio.file.Path;
import java.time.Duration;

/// Everything configurable about the embedded engine.
///
/// @param folder holds one folder a collection; made if absent
/// @param visibleWithin the longest that searches do not see a write, 20 ms to 1 min
/// @param tombstonesFor how long a delete is remembered, so that an older upsert that comes late is stale,
///     1 s to 10 years
public record LuceneSettings(
        Path folder, Writing writing, Graph graph, Duration visibleWithin, Duration tombstonesFor) {

    private static final Duration SHORTEST_VISIBILITY = Duration.ofMillis(20);
    private static final Duration LONGEST_VISIBILITY = Duration.ofMinutes(1);
    private static final Duration SHORTEST_MEMORY = Duration.ofSeconds(1);
    private static final Duration LONGEST_MEMORY = Duration.ofDays(3650);

    /// @throws IllegalArgumentException naming the value that is out of range, and the range
    public LuceneSettings {
        require("visibleWithin", visibleWithin, SHORTEST_VISIBILITY, LONGEST_VISIBILITY);
        require("tombstonesFor", tombstonesFor, SHORTEST_MEMORY, LONGEST_MEMORY);
    }

    /// Visible within 1 s, deletes remembered for 7 days.
    public static LuceneSettings of(Path folder) {
        return new LuceneSettings(folder, Writing.DEFAULT, Graph.DEFAULT, Duration.ofSeconds(1), Duration.ofDays(7));
    }

    public LuceneSettings withWriting(Writing other) {
        return new LuceneSettings(folder, other, graph, visibleWithin, tombstonesFor);
    }

    public LuceneSettings withGraph(Graph other) {
        return new LuceneSettings(folder, writing, other, visibleWithin, tombstonesFor);
    }

    public LuceneSettings withVisibleWithin(Duration other) {
        return new LuceneSettings(folder, writing, graph, other, tombstonesFor);
    }

    public LuceneSettings withTombstonesFor(Duration other) {
        return new LuceneSettings(folder, writing, graph, visibleWithin, other);
    }

    /// How a collection is written.
    ///
    /// @param threads that write, 1 to 64; each builds a graph of its own until memory is full
    /// @param ramBufferMebibytes held before writes go to disk, 1 to 1,900
    /// @param reservedBytes of the disk that stay free: below it writes are refused, 0 to 2^40. What is left
    ///     has to hold a merge, or Lucene closes the index
    public record Writing(int threads, int ramBufferMebibytes, long reservedBytes) {

        private static final int MOST_THREADS = 64;
        private static final int LARGEST_BUFFER = 1900;
        private static final long LARGEST_RESERVE = 1L << 40;

        // After the limits, which its constructor reads.
        public static final Writing DEFAULT = new Writing(2, 256, 1L << 30);

        /// @throws IllegalArgumentException naming the value that is out of range, and the range
        public Writing {
            LuceneSettings.require("writing.threads", threads, 1, MOST_THREADS);
            LuceneSettings.require("writing.ramBufferMebibytes", ramBufferMebibytes, 1, LARGEST_BUFFER);
            LuceneSettings.require("writing.reservedBytes", reservedBytes, 0L, LARGEST_RESERVE);
        }
    }

    /// How thorough the graph of vectors is; may change while an index lives, for what is written from then
    /// on.
    ///
    /// @param connections of a node (Malkov and Yashunin: M), 2 to 512
    /// @param beam looked at when a node is added (efConstruction), 8 to 3,200
    public record Graph(int connections, int beam) {

        private static final int MOST_CONNECTIONS = 512;
        private static final int WIDEST_BEAM = 3200;

        // After the limits, which its constructor reads.
        public static final Graph DEFAULT = new Graph(16, 100);

        /// @throws IllegalArgumentException naming the value that is out of range, and the range
        public Graph {
            LuceneSettings.require("graph.connections", connections, 2, MOST_CONNECTIONS);
            LuceneSettings.require("graph.beam", beam, 8, WIDEST_BEAM);
        }
    }

    private static <T extends Comparable<T>> void require(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "lucene settings: " + name + " is " + value + ", allowed: " + least + " to " + most);
        }
    }
}
