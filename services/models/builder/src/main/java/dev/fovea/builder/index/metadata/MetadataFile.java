package dev.fovea.builder.index.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fovea.proto.v1.MetadataValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Metadata of many images in one file: `.csv`, whose first line names a column `file` and fields, or JSON Lines, each
/// an object with `file` and fields. `file` is a path relative to the folder that is added, with `/`.
///
/// An empty cell and a JSON null mean that the image has no such field.
public final class MetadataFile {

    private static final String KEY = "file";

    private MetadataFile() {}

    /// @throws IOException if the file cannot be read
    /// @throws IllegalArgumentException naming the line with a field that is not declared, a value of another
    ///     type, or no or a repeated `file`
    public static Map<String, Map<String, MetadataValue>> read(Path file, DeclaredFields fields) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        boolean csv =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
        Map<String, Map<String, MetadataValue>> perFile = new HashMap<>();
        for (Row row : csv ? csv(file, text) : jsonLines(file, text)) {
            String place = file + ", line " + row.line;
            if (perFile.put(row.key(place), row.values(fields, place)) != null) {
                throw new IllegalArgumentException(place + ": " + row.key(place) + " stands in an earlier line too");
            }
        }
        return perFile;
    }

    /// @param cells text by column; those that are empty are left out
    private record Row(int line, Map<String, String> cells) {

        String key(String place) {
            String key = cells.getOrDefault(KEY, "");
            if (key.isEmpty()) {
                throw new IllegalArgumentException(place + ": there is no \"" + KEY + "\"");
            }
            return key;
        }

        Map<String, MetadataValue> values(DeclaredFields fields, String place) {
            Map<String, MetadataValue> values = new HashMap<>();
            for (Map.Entry<String, String> cell : cells.entrySet()) {
                if (!cell.getKey().equals(KEY)) {
                    try {
                        values.put(cell.getKey(), fields.parse(cell.getKey(), cell.getValue()));
                    } catch (IllegalArgumentException wrong) {
                        throw new IllegalArgumentException(place + ": " + wrong.getMessage(), wrong);
                    }
                }
            }
            return values;
        }
    }

    private static List<Row> csv(Path file, String text) {
        List<CsvRecord> records = CsvRecord.all(text, file.toString());
        if (records.isEmpty() || !records.getFirst().cells().contains(KEY)) {
            throw new IllegalArgumentException(file + ", line 1: there is no column \"" + KEY + "\"");
        }
        List<String> heads = records.getFirst().cells();
        List<Row> rows = new ArrayList<>();
        for (CsvRecord given : records.subList(1, records.size())) {
            if (given.cells().size() != heads.size()) {
                throw new IllegalArgumentException(file + ", line " + given.line() + ": "
                        + given.cells().size() + " cells, but " + heads.size() + " columns");
            }
            Map<String, String> cells = new HashMap<>();
            for (int column = 0; column < heads.size(); column++) {
                if (!given.cells().get(column).isEmpty()) {
                    cells.put(heads.get(column), given.cells().get(column));
                }
            }
            rows.add(new Row(given.line(), cells));
        }
        return rows;
    }

    private static List<Row> jsonLines(Path file, String text) {
        var json = new ObjectMapper();
        List<String> lines = text.lines().toList();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(new Row(i + 1, cells(json, lines.get(i), file + ", line " + (i + 1))));
            }
        }
        return rows;
    }

    private static Map<String, String> cells(ObjectMapper json, String line, String place) {
        JsonNode object;
        try {
            object = json.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(place + ": no JSON: " + broken.getOriginalMessage(), broken);
        }
        if (!object.isObject()) {
            throw new IllegalArgumentException(place + ": a JSON object is expected");
        }
        Map<String, String> cells = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getValue().isContainerNode()) {
                throw new IllegalArgumentException(
                        place + ": " + field.getKey() + " is a list or an object; a text or a number is expected");
            }
            if (!field.getValue().isNull()) {
                cells.put(field.getKey(), field.getValue().asText());
            }
        }
        return cells;
    }
}
