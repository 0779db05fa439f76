package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One way of installing the chart: the values of `ci/<name>-values.yaml`.
public record Scenario(Path file) {

    static final String SUFFIX = "-values.yaml";

    public String name() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /// What the scenario itself says, without the chart's own values.
    public ObjectNode values() {
        try {
            return HelmYaml.object(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
