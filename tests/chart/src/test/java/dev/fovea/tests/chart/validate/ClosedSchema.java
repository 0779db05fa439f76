package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/// A JSON Schema that refuses what it does not name.
final class ClosedSchema {

    private final JsonSchema schema;

    private ClosedSchema(JsonNode schema) {
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }

    /// A schema that is closed already.
    static ClosedSchema of(JsonNode schema) {
        return new ClosedSchema(schema);
    }

    /// Of a custom resource's definition: an API server drops unknown fields there, which is refused here. Metadata is
    /// left to [Metadata].
    ///
    /// @throws IllegalArgumentException if the definition does not serve `version`
    static ClosedSchema ofDefinition(JsonNode definition, String version) {
        for (JsonNode served : definition.at("/spec/versions")) {
            if (served.path("name").asText().equals(version)) {
                ObjectNode schema = (ObjectNode) served.at("/schema/openAPIV3Schema");
                close(schema);
                ((ObjectNode) schema.get("properties"))
                        .set("metadata", schema.objectNode().put("type", "object"));
                return new ClosedSchema(schema);
            }
        }
        throw new IllegalArgumentException(definition.at("/metadata/name") + " has no version " + version);
    }

    List<String> problems(JsonNode document) {
        return schema.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode open)) {
            return;
        }
        if (open.path("x-kubernetes-int-or-string").asBoolean()) {
            open.remove("anyOf");
            open.set("type", open.arrayNode().add("integer").add("string"));
        }
        if (open.has("properties")) {
            open.get("properties").forEach(ClosedSchema::close);
            if (!open.path("x-kubernetes-preserve-unknown-fields").asBoolean() && !open.has("additionalProperties")) {
                open.put("additionalProperties", false);
            }
        }
        close(open.path("items"));
        close(open.path("additionalProperties"));
    }
}
