package dev.fovea.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Entries and tombstones as documents. Any thread.
///
/// @see IndexMapping
record Documents(CollectionSpec spec) {

    private static final JsonFactory JSON = new JsonFactory();

    /// One line of JSON.
    static byte[] of(IndexEntry entry) {
        return written(json -> {
            json.writeStringField(IndexMapping.ID, entry.id());
            json.writeArrayFieldStart(IndexMapping.VECTOR);
            for (float value : entry.vector().lent()) {
                json.writeNumber(value);
            }
            json.writeEndArray();
            if (entry.payload().hasRemaining()) {
                json.writeBinaryField(IndexMapping.PAYLOAD, bytes(entry.payload()));
            }
            json.writeObjectFieldStart(IndexMapping.FIELDS);
            for (Map.Entry<String, MetadataValue> field : entry.metadata().entrySet()) {
                json.writeFieldName(field.getKey());
                write(field.getValue(), json);
            }
            json.writeEndObject();
        });
    }

    /// One line of JSON that stands for an entry deleted at this time.
    static byte[] tombstone(String id, Instant deletedAt) {
        return written(json -> {
            json.writeStringField(IndexMapping.ID, id);
            json.writeNumberField(IndexMapping.DELETED_AT, deletedAt.toEpochMilli());
        });
    }

    /// @param hit of a search
    /// @param source of the document, with what parts of it were asked for
    IndexEntry ofHit(JsonNode hit, JsonNode source) {
        JsonNode values = hit.path("fields");
        Map<String, MetadataValue> metadata = new HashMap<>();
        spec.fields().forEach((name, type) -> {
            JsonNode value = values.path(IndexMapping.property(name)).path(0);
            if (!value.isMissingNode()) {
                metadata.put(name, value(type, value));
            }
        });
        String id = values.path(IndexMapping.ID).path(0).asText();
        return new IndexEntry(id, version(hit), vector(source), metadata, payload(source));
    }

    /// @param document as a get by id returns it, found
    IndexEntry ofDocument(JsonNode document) {
        JsonNode source = document.path("_source");
        Map<String, MetadataValue> metadata = new HashMap<>();
        source.path(IndexMapping.FIELDS).properties().forEach(field -> {
            FieldType type = spec.fields().get(field.getKey());
            if (type != null) {
                metadata.put(field.getKey(), value(type, field.getValue()));
            }
        });
        String id = document.path("_id").asText();
        return new IndexEntry(id, version(document), vector(source), metadata, payload(source));
    }

    static boolean isTombstone(JsonNode document) {
        return document.path("_source").has(IndexMapping.DELETED_AT);
    }

    static long version(JsonNode document) {
        return document.path("_version").asLong();
    }

    private static MetadataValue value(FieldType type, JsonNode value) {
        return switch (type) {
            case TEXT -> new MetadataValue.OfText(value.asText());
            case NUMBER -> new MetadataValue.OfNumber(value.asDouble());
            case TIME -> new MetadataValue.OfTime(Instant.ofEpochMilli(value.asLong()));
        };
    }

    private static Embedding vector(JsonNode source) {
        JsonNode numbers = source.path(IndexMapping.VECTOR);
        if (numbers.isEmpty()) {
            return Embedding.NONE;
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return Embedding.ofUnitNorm(vector);
    }

    private static ByteBuffer payload(JsonNode source) {
        String text = source.path(IndexMapping.PAYLOAD).asText("");
        return ByteBuffer.wrap(Base64.getDecoder().decode(text));
    }

    private static void write(MetadataValue value, JsonGenerator json) throws IOException {
        switch (value) {
            case MetadataValue.OfText text -> json.writeString(text.text());
            case MetadataValue.OfNumber number -> json.writeNumber(number.number());
            case MetadataValue.OfTime time -> json.writeNumber(time.time().toEpochMilli());
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] written(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return out.toByteArray();
    }
}
