package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.support.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A chart's folder, and changed copies of it below `target/charts`.
public record Chart(Path folder) {

    /// The chart of this repository.
    public static Chart fovea() {
        return new Chart(Checkout.root().resolve("charts/fovea"));
    }

    /// The ways in which the chart is tried, sorted by name.
    public List<Scenario> scenarios() {
        try (Stream<Path> files = Files.list(folder.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith(Scenario.SUFFIX))
                    .sorted()
                    .map(Scenario::new)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @throws IllegalArgumentException if there is none of that name
    public Scenario scenario(String name) {
        return scenarios().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario \"" + name + "\" in " + scenarios()));
    }

    public ObjectNode metadata() {
        return HelmYaml.object(read("Chart.yaml"));
    }

    public ObjectNode values() {
        return HelmYaml.object(read("values.yaml"));
    }

    /// A copy whose own values are those with `over` laid upon them: Helm lints only a chart's own values.
    public Chart withValues(String name, JsonNode over) {
        return copy(name).write("values.yaml", HelmYaml.write(Values.merged(values(), over)));
    }

    /// A copy whose hooks are plain documents: Helm leaves hooks out of what it renders.
    public Chart withHooksExposed() {
        Chart copy = copy("hooks-exposed");
        for (Path template : files(copy.folder.resolve("templates"))) {
            String path = copy.folder.relativize(template).toString();
            copy.write(path, copy.read(path).replace("helm.sh/hook", "exposed.helm.sh/hook"));
        }
        return copy;
    }

    /// A copy with one more file, or another one in its place.
    public Chart with(String name, String path, String content) {
        return copy(name).write(path, content);
    }

    public String read(String path) {
        try {
            return Files.readString(folder.resolve(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Chart copy(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target/charts"));
            Path copy = Files.createTempDirectory(parent, name + "-").resolve(folder.getFileName());
            for (Path file : files(folder)) {
                Path target = copy.resolve(folder.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
            return new Chart(copy.toAbsolutePath());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Chart write(String path, String content) {
        try {
            Files.writeString(folder.resolve(path), content);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
