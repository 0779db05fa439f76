package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Values of a chart.
public final class Values {

    private Values() {}

    /// `over` laid upon `base` as Helm does: maps are merged, lists and scalars replace, null removes the key.
    public static ObjectNode merged(ObjectNode base, JsonNode over) {
        ObjectNode result = base.deepCopy();
        over.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else if (entry.getValue().isObject() && result.get(entry.getKey()) instanceof ObjectNode below) {
                result.set(entry.getKey(), merged(below, entry.getValue()));
            } else {
                result.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
        return result;
    }

    /// The scalars anywhere below `values`, as text.
    public static List<String> leaves(JsonNode values) {
        if (values.isValueNode()) {
            return List.of(values.asText());
        }
        List<String> leaves = new ArrayList<>();
        values.forEach(below -> leaves.addAll(leaves(below)));
        return leaves;
    }
}
