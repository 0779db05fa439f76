package dev.fovea.tests.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What a benchmark found, as JSON and as a table.
///
/// One thread fills it.
final class Report {

    private final String benchmark;
    private final String includes;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Map<String, Object> results = new LinkedHashMap<>();

    /// @param includes what the numbers contain and what they leave out
    Report(String benchmark, String includes) {
        this.benchmark = benchmark;
        this.includes = includes;
    }

    Report setting(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    Report result(String name, Object value) {
        results.put(name, value);
        return this;
    }

    Report row(Map<String, Object> row) {
        rows.add(new LinkedHashMap<>(row));
        return this;
    }

    /// Prints the table, and writes the JSON to `file` or, without one, prints it too.
    void publish(PrintStream out, Optional<Path> file, Machine machine) throws IOException {
        out.println();
        out.println(benchmark);
        out.println("  " + includes);
        out.println("  " + machine.cpu() + ", " + machine.processors() + " processors, load " + machine.loadAverage()
                + "; " + machine.operatingSystem() + "; JDK " + machine.jdk() + "; ONNX Runtime "
                + machine.onnxRuntime() + "; OpenCV " + machine.openCv());
        settings.forEach((name, value) -> out.println("  " + name + " = " + shown(value)));
        out.println();
        printTable(out);
        results.forEach((name, value) -> out.println("  " + name + ": " + shown(value)));
        String json = json(machine);
        if (file.isPresent()) {
            Files.writeString(file.get(), json + "\n");
            out.println("  JSON: " + file.get());
        } else {
            out.println(json);
        }
    }

    private String json(Machine machine) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("benchmark", benchmark);
        all.put("includes", includes);
        all.put("machine", machine);
        all.put("settings", settings);
        all.put("rows", rows);
        all.put("results", results);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void printTable(PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (String column : columns) {
            int widest = rows.stream()
                    .mapToInt(row -> shown(row.getOrDefault(column, "")).length())
                    .max()
                    .orElse(0);
            widths.put(column, Math.max(widest, column.length()));
        }
        out.println(line(widths, column -> column));
        out.println(line(widths, column -> "-".repeat(column.length())));
        for (Map<String, Object> row : rows) {
            out.println(line(widths, column -> shown(row.getOrDefault(column, ""))));
        }
        out.println();
    }

    private static String line(Map<String, Integer> widths, Function<String, String> cell) {
        var line = new StringBuilder("  ");
        widths.forEach(
                (column, width) -> line.append(String.format(Locale.ROOT, "%" + width + "s  ", cell.apply(column))));
        return line.toString().stripTrailing();
    }

    private static String shown(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.3f", number);
        }
        return String.valueOf(value);
    }
}
