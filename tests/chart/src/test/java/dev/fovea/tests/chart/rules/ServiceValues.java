package dev.fovea.tests.chart.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.tests.chart.render.Rendering;
import dev.fovea.tests.chart.render.Values;
import java.util.Locale;
import java.util.Map;

/// What the values say of one service: its own laid upon the defaults.
final class ServiceValues {

    private ServiceValues() {}

    static JsonNode of(Rendering rendering, Pod pod) {
        JsonNode services = rendering.values().path("services");
        String key = services.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> kebab(name).equals(pod.component()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no values of " + pod.component()));
        return Values.merged((ObjectNode) rendering.values().path("defaults"), services.path(key));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
