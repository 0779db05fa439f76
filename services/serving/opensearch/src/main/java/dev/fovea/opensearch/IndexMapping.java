package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexRefused;
import java.util.Map;

/// What an index of a collection looks like.
///
/// | property     | holds                                                                        |
/// |--------------|------------------------------------------------------------------------------|
/// | `id`         | the entry's id, to sort by                                                   |
/// | `vector`     | float32; a graph over it, of float32 or of 7 bits a component                |
/// | `payload`    | bytes, kept and not indexed                                                  |
/// | `fields.x`   | metadata: keyword, double, or milliseconds since 1970                        |
/// | `deleted_at` | milliseconds since 1970; only of tombstones, which have `id` and this        |
///
/// `_meta.fovea` holds the format's version, embedder, dimension and storage. What fields there are say the properties
/// themselves, so that two processes that declare different new ones both succeed.
record IndexMapping(CollectionSpec spec) {

    static final String ID = "id";
    static final String VECTOR = "vector";
    static final String PAYLOAD = "payload";
    static final String FIELDS = "fields";
    static final String DELETED_AT = "deleted_at";

    /// Changes when an older program could misread what a newer one writes.
    static final int FORMAT = 1;

    /// As in the embedded engine: links a node, and candidates while it is built.
    private static final int LINKS = 16;

    private static final int BEAM = 100;
    private static final int DOCUMENT_VALUES = 1000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// @throws IndexRefused if the engine cannot keep such a collection
    IndexMapping {
        switch (spec.storage()) {
            case FLOAT32, INT8 -> {}
            case INT4, BINARY ->
                throw new IndexRefused("collection \"" + spec.name() + "\" wants storage "
                        + spec.storage()
                        + ", which OpenSearch's Lucene graphs do not have: choose FLOAT32 or INT8, or the"
                        + " embedded engine");
        }
        for (String field : spec.fields().keySet()) {
            if (!field.matches("[A-Za-z0-9_-]{1,128}")) {
                throw new IndexRefused("collection \"" + spec.name() + "\" declares a field \"" + field
                        + "\": OpenSearch keeps fields of 1 to 128 letters, digits, _ and -");
            }
        }
    }

    /// Writes go through an alias: without it, OpenSearch would make up an index with guessed types in the place of one
    /// that somebody deletes.
    static String alias(String index) {
        return index + ".writes";
    }

    /// The name of a declared field in queries.
    static String property(String field) {
        return FIELDS + "." + field;
    }

    /// Body of the request that makes the index.
    ObjectNode creation(String index, IndexLayout layout) {
        ObjectNode body = JSON.objectNode();
        body.putObject("aliases").putObject(alias(index));
        ObjectNode settings = body.putObject("settings").putObject("index");
        settings.put("knn", true)
                .put("number_of_shards", layout.shards())
                .put("number_of_replicas", layout.replicas())
                .put("refresh_interval", layout.refresh().toMillis() + "ms")
                .put("translog.durability", "request")
                .put("max_docvalue_fields_search", DOCUMENT_VALUES);
        ObjectNode mappings = body.putObject("mappings").put("dynamic", "strict");
        mappings.set("_meta", JSON.objectNode().set("fovea", meta()));
        ObjectNode properties = mappings.putObject("properties");
        properties.putObject(ID).put("type", "keyword");
        properties.set(VECTOR, vector());
        properties.putObject(PAYLOAD).put("type", "binary");
        properties.set(DELETED_AT, type(FieldType.TIME));
        properties.putObject(FIELDS).set("properties", fields(spec.fields()));
        return body;
    }

    /// Body of the request that adds fields.
    static ObjectNode addition(Map<String, FieldType> added) {
        ObjectNode body = JSON.objectNode();
        body.putObject("properties").putObject(FIELDS).set("properties", fields(added));
        return body;
    }

    /// What an index must have in `_meta.fovea` to be this collection's.
    ObjectNode meta() {
        return JSON.objectNode()
                .put("format", FORMAT)
                .put("embedder", spec.embedder())
                .put("dimension", spec.dimension())
                .put("storage", spec.storage().name());
    }

    static JsonNode type(FieldType type) {
        ObjectNode property = JSON.objectNode();
        return switch (type) {
            case TEXT -> property.put("type", "keyword");
            case NUMBER -> property.put("type", "double");
            // Not a date: a query for several values of it misses those before 1970.
            case TIME -> property.put("type", "long");
        };
    }

    private ObjectNode vector() {
        ObjectNode vector = JSON.objectNode()
                .put("type", "knn_vector")
                .put("dimension", spec.dimension())
                .put("space_type", "innerproduct");
        // The plugin's other engines need native libraries; without them they accept a mapping and hang on a write.
        ObjectNode method = vector.putObject("method").put("name", "hnsw").put("engine", "lucene");
        ObjectNode parameters = method.putObject("parameters").put("m", LINKS).put("ef_construction", BEAM);
        switch (spec.storage()) {
            case INT8 ->
                parameters
                        .putObject("encoder")
                        .put("name", "sq")
                        .putObject("parameters")
                        .put("bits", 7);
            case FLOAT32, INT4, BINARY -> {}
        }
        return vector;
    }

    private static ObjectNode fields(Map<String, FieldType> fields) {
        ObjectNode properties = JSON.objectNode();
        fields.forEach((name, type) -> properties.set(name, type(type)));
        return properties;
    }
}
