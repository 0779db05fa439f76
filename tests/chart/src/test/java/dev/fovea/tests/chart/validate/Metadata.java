package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What holds for the metadata of every object, custom ones included, whose own definitions say nothing of it.
///
/// Source: Kubernetes documentation, "Object Names and IDs", "Labels and Selectors", "Annotations".
final class Metadata {

    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("|[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    /// Names that become a DNS label: 63 characters, no dot.
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private Metadata() {}

    static List<String> problems(JsonNode document) {
        List<String> problems = new ArrayList<>();
        JsonNode name = document.at("/metadata/name");
        Pattern form = document.path("kind").asText().equals("Service") ? DNS_LABEL : SUBDOMAIN;
        if (!name.isTextual() || !form.matcher(name.asText()).matches()) {
            problems.add("/metadata/name " + name + " is not " + form);
        }
        metadata(document, "", problems);
        return problems;
    }

    private static void metadata(JsonNode node, String path, List<String> problems) {
        node.properties().forEach(entry -> {
            String below = path + "/" + entry.getKey();
            switch (entry.getKey()) {
                case "labels", "matchLabels" -> strings(entry.getValue(), below, LABEL, problems);
                case "annotations" -> strings(entry.getValue(), below, Pattern.compile("(?s).*"), problems);
                case "data", "stringData" -> {}
                default -> metadata(entry.getValue(), below, problems);
            }
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                metadata(node.get(i), path + "/" + i, problems);
            }
        }
    }

    private static void strings(JsonNode map, String path, Pattern form, List<String> problems) {
        if (!map.isObject()) {
            problems.add(path + " " + map + " is no map");
        }
        map.properties().forEach(entry -> {
            if (!KEY.matcher(entry.getKey()).matches()) {
                problems.add(path + " has the key \"" + entry.getKey() + "\", which is not " + KEY);
            }
            if (!entry.getValue().isTextual()
                    || !form.matcher(entry.getValue().asText()).matches()) {
                problems.add(path + "/" + entry.getKey() + " " + entry.getValue() + " is not text of " + form);
            }
        });
    }
}
