package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Helm's two patches: the JSON merge patch, and as much of the strategic one as a chart's upgrade needs: lists of
/// objects are merged by the key that Kubernetes declares for them, and `$patch: delete` removes from them.
///
/// Source: RFC 7386; Kubernetes, "Strategic Merge Patch".
final class Patches {

    /// Lists that are merged, by the key of their items; every other list is replaced.
    private static final Map<String, String> KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath",
            "imagePullSecrets", "name",
            "topologySpreadConstraints", "topologyKey");

    /// Lists whose key depends on whose they are: ports of a Service and of a container.
    private static final Set<String> PORT_KEYS = Set.of("containerPort", "port");

    private Patches() {}

    static ObjectNode merged(ObjectNode object, JsonNode patch) {
        ObjectNode result = object.deepCopy();
        patch.properties().forEach(entry -> {
            String field = entry.getKey();
            JsonNode value = entry.getValue();
            if (field.startsWith("$")) {
                return;
            }
            if (value.isNull()) {
                result.remove(field);
            } else if (value.isObject() && !isReplacement(value) && result.get(field) instanceof ObjectNode below) {
                result.set(field, merged(below, value));
            } else if (value instanceof ArrayNode items && result.get(field) instanceof ArrayNode below) {
                result.set(
                        field,
                        key(field, items).map(key -> merged(below, items, key)).orElse(items));
            } else {
                result.set(field, value);
            }
        });
        return result;
    }

    private static boolean isReplacement(JsonNode patch) {
        return patch.path("$patch").asText().equals("replace") || patch.has("$retainKeys");
    }

    private static Optional<String> key(String field, ArrayNode items) {
        if (field.equals("ports")) {
            return PORT_KEYS.stream().filter(key -> items.path(0).has(key)).findFirst();
        }
        return Optional.ofNullable(KEYS.get(field));
    }

    private static ArrayNode merged(ArrayNode items, ArrayNode patch, String key) {
        ArrayNode result = items.deepCopy();
        for (JsonNode change : patch) {
            Optional<ObjectNode> former = take(result, key, change.path(key));
            if (!change.path("$patch").asText().equals("delete")) {
                result.add(former.map(item -> merged(item, change)).orElseGet(() -> change.deepCopy()));
            }
        }
        return result;
    }

    /// Removes the item with that key from the list.
    private static Optional<ObjectNode> take(ArrayNode items, String key, JsonNode value) {
        for (Iterator<JsonNode> each = items.iterator(); each.hasNext(); ) {
            JsonNode item = each.next();
            if (item.path(key).equals(value)) {
                each.remove();
                return Optional.of((ObjectNode) item);
            }
        }
        return Optional.empty();
    }
}
