package dev.fovea.tests.chart.alerts;

import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import dev.fovea.tests.chart.tool.NotVerified;
import dev.fovea.tests.chart.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The chart's alerts in the hands of Prometheus' own `promtool`, the one on the PATH or of `-Dpromtool=…`.
class PromtoolIT {

    static final List<String> TESTS = List.of("readiness.yaml", "calls.yaml", "kafka.yaml", "resources.yaml");

    private static final Path FOLDER = Path.of("target", "promtool").toAbsolutePath();

    private final String promtool = System.getProperty("promtool", "promtool");

    @BeforeEach
    void find() throws IOException, InterruptedException {
        if (!Tool.works(promtool, "--version")) {
            NotVerified.missing("Prometheus takes the alerts, and they fire when they should", "promtool");
        }
        Files.createDirectories(FOLDER);
    }

    @Test
    void prometheusTakesTheAlertsOfEveryScenario() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(promtool, "check", "rules"));
        for (Rendering rendering : Renderings.newest().toList()) {
            if (rendering.of("PrometheusRule").findAny().isPresent()) {
                command.add(write(rendering.scenario() + "-rules.yaml", rendering));
            }
        }

        Tool.run(command.toArray(String[]::new));
    }

    @Test
    void everyAlertFiresWhenItShouldAndNotBefore() throws IOException, InterruptedException {
        write("rules.yaml", AlertRules.all());
        List<String> command = new ArrayList<>(List.of(promtool, "test", "rules"));
        for (String test : TESTS) {
            Path file = Files.writeString(FOLDER.resolve(test), AlertRules.resource(test));
            command.add(file.toString());
        }

        Tool.run(command.toArray(String[]::new));
    }

    private static String write(String name, Rendering rendering) throws IOException {
        String rules = HelmYaml.write(AlertRules.file(rendering));
        return Files.writeString(FOLDER.resolve(name), rules).toString();
    }
}
