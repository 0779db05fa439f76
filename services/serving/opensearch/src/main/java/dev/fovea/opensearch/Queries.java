package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.VectorStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Searches and filters in OpenSearch's query language.
final class Queries {

    /// Candidates a shard by their quantised vectors, for each that its float vector puts in order: recall .99 instead
    /// of .73 to .83 on 50,000 clustered vectors of 512.
    private static final double OVERSAMPLING = 5;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Queries() {}

    /// The graph's nearest; tombstones have no vector and are never found.
    static ObjectNode nearest(VectorQuery query, VectorStorage storage, int candidates) {
        ObjectNode knn = JSON.objectNode();
        ObjectNode vector = knn.putObject("knn").putObject(IndexMapping.VECTOR);
        vector.set("vector", numbers(query.vector()));
        vector.put("k", candidates);
        query.filter().ifPresent(filter -> vector.set("filter", of(filter)));
        if (storage != VectorStorage.FLOAT32) {
            vector.putObject("rescore").put("oversample_factor", OVERSAMPLING);
        }
        return knn;
    }

    /// Every entry's inner product.
    static ObjectNode exact(VectorQuery query) {
        ObjectNode root = JSON.objectNode();
        ObjectNode scored = root.putObject("script_score");
        scored.set("query", living(query.filter()));
        ObjectNode script =
                scored.putObject("script").put("source", "knn_score").put("lang", "knn");
        script.putObject("params")
                .put("field", IndexMapping.VECTOR)
                .put("space_type", "innerproduct")
                .set("query_value", numbers(query.vector()));
        return root;
    }

    /// Entries that are not tombstones and pass the filter.
    static ObjectNode living(Optional<Filter> filter) {
        ObjectNode root = JSON.objectNode();
        ObjectNode bool = root.putObject("bool");
        bool.putObject("must_not").putObject("exists").put("field", IndexMapping.DELETED_AT);
        filter.ifPresent(condition -> bool.set("filter", of(condition)));
        return root;
    }

    /// Tombstones of deletes before this time.
    static ObjectNode deletedBefore(Instant time) {
        ObjectNode root = JSON.objectNode();
        root.putObject("range").putObject(IndexMapping.DELETED_AT).put("lt", time.toEpochMilli());
        return root;
    }

    static ObjectNode of(Filter filter) {
        ObjectNode root = JSON.objectNode();
        switch (filter) {
            case Filter.Equals equals -> put(equals.value(), root.putObject("term"), property(equals.field()));
            case Filter.In in -> {
                ArrayNode values = root.putObject("terms").putArray(property(in.field()));
                in.values().forEach(value -> add(value, values));
            }
            case Filter.Range range -> {
                ObjectNode bounds = root.putObject("range").putObject(property(range.field()));
                range.from().ifPresent(from -> put(from, bounds, "gte"));
                range.to().ifPresent(to -> put(to, bounds, "lte"));
            }
            case Filter.And and -> root.putObject("bool").set("filter", all(and.filters()));
            case Filter.Or or ->
                root.putObject("bool").put("minimum_should_match", 1).set("should", all(or.filters()));
            case Filter.Not not -> root.putObject("bool").set("must_not", of(not.filter()));
        }
        return root;
    }

    private static ArrayNode all(List<Filter> filters) {
        ArrayNode parts = JSON.arrayNode();
        filters.forEach(filter -> parts.add(of(filter)));
        return parts;
    }

    private static ArrayNode numbers(Embedding vector) {
        ArrayNode numbers = JSON.arrayNode(vector.dimension());
        for (float value : vector.lent()) {
            numbers.add(value);
        }
        return numbers;
    }

    private static String property(String field) {
        return IndexMapping.property(field);
    }

    private static void put(MetadataValue value, ObjectNode object, String key) {
        switch (value) {
            case MetadataValue.OfText text -> object.put(key, text.text());
            case MetadataValue.OfNumber number -> object.put(key, number.number());
            case MetadataValue.OfTime time -> object.put(key, time.time().toEpochMilli());
        }
    }

    private static void add(MetadataValue value, ArrayNode array) {
        switch (value) {
            case MetadataValue.OfText text -> array.add(text.text());
            case MetadataValue.OfNumber number -> array.add(number.number());
            case MetadataValue.OfTime time -> array.add(time.time().toEpochMilli());
        }
    }
}
