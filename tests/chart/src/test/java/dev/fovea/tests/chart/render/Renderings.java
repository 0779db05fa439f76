package dev.fovea.tests.chart.render;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The chart of this repository in its scenarios, each rendered once and kept.
public final class Renderings {

    /// Versions of Kubernetes that the chart is rendered for, oldest first.
    public static final List<String> VERSIONS =
            List.of("1.30.0", "1.31.0", "1.32.0", "1.33.0", "1.34.0", "1.35.0", "1.36.0");

    private static final Renderer RENDERER = new Renderer(Chart.fovea());
    private static final Map<String, Rendering> KEPT = new ConcurrentHashMap<>();

    private Renderings() {}

    /// Every scenario on the newest version.
    public static Stream<Rendering> newest() {
        return Chart.fovea().scenarios().stream().map(scenario -> of(scenario, VERSIONS.getLast()));
    }

    public static Rendering of(String scenario) {
        return of(Chart.fovea().scenario(scenario), VERSIONS.getLast());
    }

    public static Rendering of(Scenario scenario, String kubernetes) {
        return KEPT.computeIfAbsent(
                scenario + " " + kubernetes, key -> RENDERER.render(scenario.name(), scenario.values(), kubernetes));
    }

    public static Renderer renderer() {
        return RENDERER;
    }
}
