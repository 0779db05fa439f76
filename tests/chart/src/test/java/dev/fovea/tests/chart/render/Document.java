package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One rendered Kubernetes object.
public record Document(ObjectNode node) {

    private static final String EXPOSED_HOOK = "exposed.helm.sh/hook";

    public String apiVersion() {
        return node.path("apiVersion").asText();
    }

    public String kind() {
        return node.path("kind").asText();
    }

    public String name() {
        return node.at("/metadata/name").asText();
    }

    /// @param pointer JSON pointer, as `/spec/replicas`; a missing node if nothing is there
    public JsonNode at(String pointer) {
        return node.at(pointer);
    }

    public JsonNode labels() {
        return node.at("/metadata/labels");
    }

    /// Whether Helm runs it at an event of the release (`helm test`, for one) and does not keep it.
    public boolean isHook() {
        return node.at("/metadata/annotations").has(EXPOSED_HOOK);
    }

    public Document copy() {
        return new Document(node.deepCopy());
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
