package dev.fovea.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request to the cluster. All that are made here may be made twice.
///
/// @param path with `/` in front, segments as they are (index names need no escapes)
/// @param body backed by an array of its size; empty for none
record Call(String method, String path, Map<String, String> parameters, ByteBuffer body, String mediaType) {

    private static final String JSON = "application/json";

    static Call get(String path, Map<String, String> parameters) {
        return new Call("GET", path, parameters, ByteBuffer.allocate(0), JSON);
    }

    static Call put(String path, Map<String, String> parameters, JsonNode body) {
        return new Call("PUT", path, parameters, bytes(body), JSON);
    }

    static Call post(String path, Map<String, String> parameters, JsonNode body) {
        return new Call("POST", path, parameters, bytes(body), JSON);
    }

    static Call post(String path, Map<String, String> parameters) {
        return new Call("POST", path, parameters, ByteBuffer.allocate(0), JSON);
    }

    static Call bulk(String path, Map<String, String> parameters, byte[] lines) {
        return new Call("POST", path, parameters, ByteBuffer.wrap(lines), "application/x-ndjson");
    }

    /// For messages.
    String name() {
        return method + " " + path;
    }

    private static ByteBuffer bytes(JsonNode body) {
        return ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
