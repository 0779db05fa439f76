package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.ScanPage;
import dev.fovea.vectorindex.VectorQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Gets, searches and scans of one index. Any thread.
///
/// Searches and scans take id, version and metadata from columns; a document is only read where its vector or payload
/// is asked for.
final class Reader {

    /// Of OpenSearch: `index.max_result_window`, and the largest `k`.
    static final int MAX_HITS = 10_000;

    /// So that a page of vectors or payloads (about 100 KB each) stays below the client's 100 MB.
    private static final int MAX_LARGE_PAGE = 500;

    private static final int BAD_REQUEST = 400;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Cluster cluster;
    private final CollectionSpec spec;
    private final Documents documents;
    private final String path;

    /// @param path `/` and the index's name
    Reader(Cluster cluster, CollectionSpec spec, String path) {
        this.cluster = cluster;
        this.spec = spec;
        this.documents = new Documents(spec);
        this.path = path;
    }

    /// Reads what was written last, whether it is visible to searches or not.
    List<IndexEntry> get(List<String> ids, Set<Part> parts, Deadline deadline) throws InterruptedException {
        if (ids.isEmpty()) {
            return List.of();
        }
        ArrayNode wanted = JSON.arrayNode();
        ids.forEach(wanted::add);
        String sources = IndexMapping.FIELDS + "," + IndexMapping.DELETED_AT
                + (parts.contains(Part.VECTOR) ? "," + IndexMapping.VECTOR : "")
                + (parts.contains(Part.PAYLOAD) ? "," + IndexMapping.PAYLOAD : "");
        Call call = Call.post(
                path + "/_mget",
                Map.of("_source_includes", sources),
                JSON.objectNode().set("ids", wanted));
        JsonNode answer = cluster.ask(call, deadline).require(call);
        List<IndexEntry> found = new ArrayList<>();
        for (JsonNode document : answer.path("docs")) {
            if (document.has("error")) {
                throw Trouble.of(500, document.path("error").path("reason").asText())
                        .asFailure();
            }
            if (document.path("found").asBoolean() && !Documents.isTombstone(document)) {
                found.add(documents.ofDocument(document));
            }
        }
        return found;
    }

    /// @throws InvalidInput `K_TOO_LARGE` beyond 10,000; `QUERY_REFUSED` if OpenSearch cannot read the query, for
    ///     example because the filter has too many parts
    List<Hit> search(VectorQuery query, Deadline deadline) throws InterruptedException {
        if (query.k() > MAX_HITS) {
            throw new InvalidInput(
                    "K_TOO_LARGE", "k is " + query.k() + ", OpenSearch finds at most " + MAX_HITS, query.k(), MAX_HITS);
        }
        ObjectNode body = request(query.k(), query.parts());
        body.put("track_scores", true);
        ArrayNode order = body.putArray("sort");
        order.addObject().put("_score", "desc");
        order.addObject().put(IndexMapping.ID, "asc");
        int candidates = Math.min(MAX_HITS, query.candidates());
        body.set("query", query.exact() ? Queries.exact(query) : Queries.nearest(query, spec.storage(), candidates));
        List<Hit> hits = new ArrayList<>();
        for (JsonNode hit : hits(body, deadline)) {
            float score = Scores.innerProduct(hit.path("_score").asDouble());
            if (score >= query.minScore()) {
                hits.add(new Hit(documents.ofHit(hit, hit.path("_source")), score));
            }
        }
        return hits;
    }

    /// Pages by id, so that what is written meanwhile neither hides nor repeats another entry.
    ScanPage scan(Optional<String> after, int limit, Optional<Filter> filter, Set<Part> parts, Deadline deadline)
            throws InterruptedException {
        int size = Math.min(limit, parts.isEmpty() ? MAX_HITS - 1 : MAX_LARGE_PAGE);
        ObjectNode body = request(size + 1, parts);
        body.putArray("sort").addObject().put(IndexMapping.ID, "asc");
        after.ifPresent(id -> body.putArray("search_after").add(id));
        body.set("query", Queries.living(filter));
        List<IndexEntry> entries = new ArrayList<>();
        for (JsonNode hit : hits(body, deadline)) {
            entries.add(documents.ofHit(hit, hit.path("_source")));
        }
        if (entries.size() <= size) {
            return new ScanPage(entries, Optional.empty());
        }
        List<IndexEntry> page = entries.subList(0, size);
        return new ScanPage(page, Optional.of(page.getLast().id()));
    }

    private ObjectNode request(int size, Set<Part> parts) {
        ObjectNode body =
                JSON.objectNode().put("size", size).put("version", true).put("track_total_hits", false);
        ArrayNode columns = body.putArray("docvalue_fields").add(IndexMapping.ID);
        spec.fields().keySet().forEach(field -> columns.add(IndexMapping.property(field)));
        if (parts.isEmpty()) {
            body.put("stored_fields", "_none_");
        } else {
            ArrayNode sources = body.putObject("_source").putArray("includes");
            parts.forEach(part -> sources.add(part == Part.VECTOR ? IndexMapping.VECTOR : IndexMapping.PAYLOAD));
        }
        return body;
    }

    /// A shard that fails fails the search: an answer without its part would be a wrong one.
    private JsonNode hits(ObjectNode body, Deadline deadline) throws InterruptedException {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos(cluster.ticker())));
        Map<String, String> parameters =
                Map.of("allow_partial_search_results", "false", "cancel_after_time_interval", millis + "ms");
        Call call = Call.post(path + "/_search", parameters, body);
        Answer answer = cluster.ask(call, deadline);
        if (answer.status() == BAD_REQUEST) {
            throw new InvalidInput("QUERY_REFUSED", "OpenSearch refused the query: " + answer.reason());
        }
        return answer.require(call).path("hits").path("hits");
    }
}
