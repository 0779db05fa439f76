package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Compares a document with what typed classes make of it: whatever they drop or convert, an API server refuses.
final class RoundTrip {

    /// Fields that hold quantities, or maps of them, which are written in a normal form: `1000m` becomes `1`.
    static final Set<String> QUANTITIES =
            Set.of("limits", "requests", "capacity", "overhead", "sizeLimit", "averageValue", "divisor", "storage");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> quantities;
    private final List<String> losses = new ArrayList<>();

    private RoundTrip(Set<String> quantities) {
        this.quantities = quantities;
    }

    /// One sentence for each place where `back` is not what was `given`. Defaults that `back` adds are no loss.
    ///
    /// @param quantities names of fields below which scalars may change their form
    static List<String> losses(JsonNode given, JsonNode back, Set<String> quantities) {
        var comparison = new RoundTrip(quantities);
        comparison.compare(given, back, "", false);
        return comparison.losses;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void compare(JsonNode given, JsonNode back, String path, boolean quantity) {
        if (given.isNull()) {
            losses.add(path + " is null");
        } else if (back.isMissingNode()) {
            if (!given.isContainerNode() || !given.isEmpty()) {
                losses.add(path + " = " + given + " is lost");
            }
        } else if (given.isObject() && back.isObject()) {
            given.properties()
                    .forEach(entry -> compare(
                            entry.getValue(),
                            back.path(entry.getKey()),
                            path + "/" + entry.getKey(),
                            quantity || quantities.contains(entry.getKey())));
        } else if (given.isArray() && back.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                compare(given.get(i), back.path(i), path + "/" + i, false);
            }
        } else if (!same(given, back) && !(quantity && isQuantity(given) && back.isTextual())) {
            losses.add(path + " = " + given + " is taken for " + back);
        }
    }

    private static boolean isQuantity(JsonNode given) {
        return given.isNumber() || given.asText().matches("[-+]?[0-9.]+([eE][-+]?[0-9]+|m|u|n|k|[MGTPE]|[KMGTPE]i)?");
    }

    private static boolean same(JsonNode given, JsonNode back) {
        return given.equals(back) || (given.isNumber() && back.isNumber() && given.asDouble() == back.asDouble());
    }
}
