package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexRefused;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a collection's index, or checks that the one there is fits. Any thread, and any number of processes at once.
final class IndexSetup {

    private static final Logger LOG = LoggerFactory.getLogger(IndexSetup.class);
    private static final int NOT_FOUND = 404;

    /// A cluster that answered gets more time to make an index than one that was only asked.
    private static final Duration MAKING = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final CollectionSpec spec;
    private final IndexMapping mapping;
    private final IndexLayout layout;
    private final String index;

    /// @throws IndexRefused if the engine cannot keep such a collection
    IndexSetup(Cluster cluster, CollectionSpec spec, IndexLayout layout) {
        this.cluster = cluster;
        this.spec = spec;
        this.mapping = new IndexMapping(spec);
        this.layout = layout;
        this.index = layout.prefix() + spec.name();
    }

    /// Searches then see all that was written before.
    ///
    /// @param deadline of the first look; an index that is then to be made or changed has 30 s more
    /// @return how often the index makes writes visible to searches
    /// @throws IndexRefused if the index there is does not fit
    /// @throws Unavailable if the cluster does not answer before the deadline
    Duration ensure(Deadline deadline) throws InterruptedException {
        Call look = Call.get("/" + index, Map.of("flat_settings", "true"));
        Answer found = cluster.ask(look, deadline);
        if (found.status() == NOT_FOUND) {
            create();
            found = cluster.ask(look, making());
        }
        JsonNode there = found.require(look).path(index);
        requireSettings(there.path("settings"));
        requireMeta(there.path("mappings").path("_meta").path("fovea"));
        addFields(newFields(there.path("mappings")));
        cluster.ask(Call.post("/" + index + "/_refresh", Map.of()), deadline);
        return Durations.parse(
                there.path("settings").path("index.refresh_interval").asText("1s"));
    }

    /// Does nothing if another process is faster.
    private void create() throws InterruptedException {
        Call create = Call.put("/" + index, Map.of(), mapping.creation(index, layout));
        Answer made = cluster.ask(create, making());
        if (made.isGood()) {
            LOG.info("made index {} of {} shards and {} replicas", index, layout.shards(), layout.replicas());
        } else if (!made.reason().contains("already exists")) {
            throw new IndexRefused("OpenSearch refused to make index " + index + ": " + made.reason());
        }
    }

    private void requireSettings(JsonNode settings) {
        String durability = settings.path("index.translog.durability").asText("request");
        if (!durability.equals("request")) {
            throw new IndexRefused("index " + index + " has index.translog.durability = " + durability
                    + ", so that acknowledged writes can be lost: set it to \"request\"");
        }
    }

    private void requireMeta(JsonNode there) {
        if (there.isMissingNode()) {
            throw new IndexRefused("index " + index + " was not made by this program: choose another collection name"
                    + " or index prefix, or delete that index");
        }
        ObjectNode wanted = mapping.meta();
        for (Map.Entry<String, JsonNode> part : wanted.properties()) {
            JsonNode kept = there.path(part.getKey());
            if (!kept.equals(part.getValue())) {
                throw new IndexRefused("index " + index + " was made with " + part.getKey() + " " + kept
                        + ", collection \"" + spec.name() + "\" now has " + part.getValue()
                        + ": index the images again into a collection of another name, or delete that index");
            }
        }
    }

    private Map<String, FieldType> newFields(JsonNode mappings) {
        JsonNode kept = mappings.path("properties").path(IndexMapping.FIELDS).path("properties");
        Map<String, FieldType> added = new TreeMap<>(spec.fields());
        for (Map.Entry<String, JsonNode> field : kept.properties()) {
            FieldType declared = added.remove(field.getKey());
            String there = field.getValue().path("type").asText();
            if (declared == null) {
                throw new IndexRefused("index " + index + " has a field \"" + field.getKey() + "\" (" + there
                        + ") that collection \"" + spec.name() + "\" does not declare any more: declare it, or index"
                        + " again into a collection of another name");
            }
            requireType(field.getKey(), there, declared);
        }
        return added;
    }

    private void requireType(String field, String there, FieldType declared) {
        String wanted = IndexMapping.type(declared).path("type").asText();
        if (!wanted.equals(there)) {
            throw new IndexRefused("index " + index + " keeps field \"" + field + "\" as " + there + ", collection \""
                    + spec.name() + "\" now declares it as " + declared + " (" + wanted
                    + "): declare it as before, or give the new field another name");
        }
    }

    private void addFields(Map<String, FieldType> added) throws InterruptedException {
        if (added.isEmpty()) {
            return;
        }
        Call add = Call.put("/" + index + "/_mapping", Map.of(), IndexMapping.addition(added));
        Answer done = cluster.ask(add, making());
        if (!done.isGood()) {
            throw new IndexRefused(
                    "OpenSearch refused to add fields " + added.keySet() + " to index " + index + ": " + done.reason());
        }
        LOG.info("added fields {} to index {}", added, index);
    }

    private Deadline making() {
        return Deadline.after(MAKING, cluster.ticker());
    }
}
