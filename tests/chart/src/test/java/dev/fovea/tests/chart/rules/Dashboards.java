package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.tests.chart.render.Rendering;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Grafana's dashboards in ConfigMaps: every panel says what it shows, in what unit, of which source.
final class Dashboards {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Panels that show no data.
    private static final Set<String> TEXT = Set.of("row", "text");

    private Dashboards() {}

    /// @throws IllegalArgumentException if one is no JSON
    static Stream<JsonNode> of(Rendering rendering) {
        return rendering
                .of("ConfigMap")
                .flatMap(map -> map.at("/data").propertyStream())
                .filter(file -> file.getKey().endsWith(".json"))
                .map(file -> read(file.getKey(), file.getValue().asText()));
    }

    static List<String> violations(Rendering rendering) {
        var findings = new Findings();
        of(rendering).forEach(dashboard -> {
            String title = dashboard.path("title").asText();
            findings.check(!title.isBlank() && dashboard.has("uid"), dashboard.path("uid"), "has no title or uid");
            findings.check(
                    dashboard.at("/templating/list").findValuesAsText("type").contains("datasource"),
                    title,
                    "lets nobody choose the source");
            List<Integer> ids =
                    panels(dashboard).map(panel -> panel.path("id").asInt()).toList();
            findings.check(ids.stream().distinct().count() == ids.size(), title, "gives an id twice: " + ids);
            findings.check(!ids.isEmpty(), title, "has no panels");
            panels(dashboard).forEach(panel -> panel(findings, title, panel));
        });
        return findings.all();
    }

    private static void panel(Findings findings, String dashboard, JsonNode panel) {
        String subject = dashboard + ": " + panel.path("title").asText("a panel");
        findings.check(!panel.path("title").asText().isBlank(), subject, "has no title");
        if (TEXT.contains(panel.path("type").asText())) {
            return;
        }
        findings.check(!panel.at("/fieldConfig/defaults/unit").asText().isBlank(), subject, "has no unit");
        findings.check(
                panel.at("/datasource/uid").asText().matches("\\$\\{?datasource}?"), subject, "is bound to one source");
        findings.check(expressions(panel).allMatch(text -> !text.isBlank()), subject, "asks nothing");
        findings.check(!panel.path("targets").isEmpty(), subject, "asks nothing");
    }

    /// Every PromQL expression below `node`, those of variables included.
    static Stream<String> expressions(JsonNode node) {
        return node.findValues("expr").stream().map(JsonNode::asText);
    }

    private static Stream<JsonNode> panels(JsonNode parent) {
        return parent.path("panels").valueStream().flatMap(panel -> Stream.concat(Stream.of(panel), panels(panel)));
    }

    private static JsonNode read(String name, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(name + " is no JSON", broken);
        }
    }
}
