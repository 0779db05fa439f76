package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// The label selector of a request: equalities, which is all that Helm asks for.
record Labels(List<String> terms) {

    static Labels of(String selector) {
        return new Labels(selector.isEmpty() ? List.of() : List.of(selector.split(",", -1)));
    }

    /// @throws IllegalArgumentException if a term is no equality
    boolean match(JsonNode object) {
        JsonNode labels = object.at("/metadata/labels");
        return terms.stream().allMatch(term -> {
            String[] parts = term.split("!?==?", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("the selector \"" + term + "\" is no equality");
            }
            return labels.path(parts[0]).asText().equals(parts[1]) != term.contains("!=");
        });
    }
}
