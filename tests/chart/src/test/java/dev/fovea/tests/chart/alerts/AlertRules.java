package dev.fovea.tests.chart.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Chart;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Renderings;
import dev.fovea.tests.chart.render.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The chart's alerts as Prometheus reads them, and the unit tests beside this class.
final class AlertRules {

    private AlertRules() {}

    /// The monitoring scenario with `values.yaml` upon it: every alert that the chart has.
    static Rendering all() {
        ObjectNode values =
                Values.merged(Chart.fovea().scenario("monitoring").values(), HelmYaml.object(resource("values.yaml")));
        return Renderings.renderer().render("all alerts", values, Renderings.VERSIONS.getLast());
    }

    /// The groups of all PrometheusRules: what a file of rules holds.
    static ObjectNode file(Rendering rendering) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        rendering
                .of("PrometheusRule")
                .flatMap(document -> document.at("/spec/groups").valueStream())
                .forEach(group -> file.withArray("/groups").add(group));
        return file;
    }

    static JsonNode tests(String name) {
        return HelmYaml.object(resource(name));
    }

    static String resource(String name) {
        try (InputStream content = AlertRules.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(content, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }
}
