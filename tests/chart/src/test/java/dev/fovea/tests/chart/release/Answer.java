package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What is sent back: an HTTP status and a JSON object.
record Answer(int status, JsonNode body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static ObjectNode object(String apiVersion, String kind) {
        return JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
    }

    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    /// A `Status`, Kubernetes' form of an error.
    static Answer refused(int status, String reason, String message) {
        return new Answer(
                status,
                object("v1", "Status")
                        .put("status", "Failure")
                        .put("code", status)
                        .put("reason", reason)
                        .put("message", message));
    }

    static Answer notFound(String path) {
        return refused(404, "NotFound", path + " not found");
    }
}
