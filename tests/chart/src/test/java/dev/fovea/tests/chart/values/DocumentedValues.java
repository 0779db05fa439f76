package dev.fovea.tests.chart.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `values.yaml` says of its keys: a line `# -- text` above a key is about that key and all below it.
final class DocumentedValues {

    private static final Pattern COMMENT = Pattern.compile("\\s*# -- (.+)");
    private static final Pattern KEY = Pattern.compile("(\\s*)([^\\s#-][^:]*):( .*)?");

    private final JsonNode values;
    private final Map<List<String>, String> texts;

    private DocumentedValues(JsonNode values, Map<List<String>, String> texts) {
        this.values = values;
        this.texts = texts;
    }

    /// @throws IOException if the file cannot be read
    static DocumentedValues read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    static DocumentedValues of(String yaml) throws IOException {
        Map<List<String>, String> texts = new LinkedHashMap<>();
        List<String> path = new ArrayList<>();
        List<Integer> indents = new ArrayList<>();
        String text = "";
        for (String line : yaml.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (comment.matches()) {
                text = comment.group(1);
            } else if (key.matches()) {
                int indent = key.group(1).length();
                while (!indents.isEmpty() && indents.getLast() >= indent) {
                    indents.removeLast();
                    path.removeLast();
                }
                indents.add(indent);
                path.add(key.group(2));
                if (!text.isEmpty()) {
                    texts.put(List.copyOf(path), text);
                }
                text = "";
            }
        }
        return new DocumentedValues(new YAMLMapper().readTree(yaml), texts);
    }

    /// Keys without a text of their own or of a key above, each a path with dots.
    List<String> undocumented() {
        List<String> missing = new ArrayList<>();
        collect(values, List.of(), missing);
        return missing;
    }

    private void collect(JsonNode node, List<String> path, List<String> missing) {
        if (texts.containsKey(path)) {
            return;
        }
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(child -> collect(child.getValue(), joined(path, child.getKey()), missing));
        } else {
            missing.add(String.join(".", path));
        }
    }

    private static List<String> joined(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return List.copyOf(longer);
    }

    /// A Markdown table in the order of the file.
    String table() {
        var table = new StringBuilder("| key | default | what it is |\n|---|---|---|\n");
        texts.forEach((path, text) -> table.append("| `")
                .append(String.join(".", path))
                .append("` | `")
                .append(cell(value(path)))
                .append("` | ")
                .append(text.replace("|", "\\|"))
                .append(" |\n"));
        return table.toString();
    }

    private String value(List<String> path) {
        JsonNode node = values;
        for (String key : path) {
            node = node.path(key);
        }
        return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : node.toString();
    }

    private static String cell(String value) {
        return value.replace("|", "\\|");
    }
}
