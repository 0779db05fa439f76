package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.IndexStats;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How large an index is. Any thread.
///
/// @param path `/` and the index's name
record Sizes(Cluster cluster, String path) {

    /// Lucene's files by the end of their names.
    private static final Map<String, String> KINDS = Map.of(
            "vec", "vectors",
            "veq", "quantised vectors",
            "vex", "graph",
            "fdt", "documents",
            "dvd", "columns");

    IndexStats look(Deadline deadline) throws InterruptedException {
        ObjectNode living = JsonNodeFactory.instance.objectNode();
        living.set("query", Queries.living(Optional.empty()));
        Call count = Call.post(path + "/_count", Map.of(), living);
        Call bytes = Call.get(path + "/_stats/store,segments", Map.of("include_segment_file_sizes", "true"));
        long entries = cluster.ask(count, deadline).require(count).path("count").asLong();
        JsonNode primaries =
                cluster.ask(bytes, deadline).require(bytes).path("_all").path("primaries");
        return new IndexStats(
                entries,
                primaries.path("store").path("size_in_bytes").asLong(),
                byKind(primaries.path("segments").path("file_sizes")));
    }

    private static Map<String, Long> byKind(JsonNode files) {
        Map<String, Long> kinds = new TreeMap<>();
        files.properties()
                .forEach(file -> kinds.merge(
                        KINDS.getOrDefault(file.getKey(), "other"),
                        file.getValue().path("size_in_bytes").asLong(),
                        Long::sum));
        return kinds;
    }
}
