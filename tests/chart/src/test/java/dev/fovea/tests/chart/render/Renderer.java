package dev.fovea.tests.chart.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Helm, asked what a chart becomes.
public final class Renderer {

    /// Name and namespace of every release that is rendered here.
    public static final String RELEASE = "eye";

    public static final String NAMESPACE = "vision";

    private final Chart chart;
    private final Chart exposed;

    public Renderer(Chart chart) {
        this.chart = chart;
        this.exposed = chart.withHooksExposed();
        if (chart.metadata().has("dependencies")) {
            new Helm(exposed.folder()).dependency().build().call();
        }
    }

    /// Everything that an installation makes, hooks included.
    ///
    /// @param kubernetes version of the cluster, as `1.34.0`
    /// @throws IllegalStateException with Helm's message, if the chart refuses the values or the version
    public Rendering render(String scenario, ObjectNode values, String kubernetes) {
        String text = new Helm(exposed.folder())
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubernetes)
                .withValuesFile(file(values))
                .call();
        List<Document> documents = HelmYaml.documents(text).stream()
                .map(node -> new Document((ObjectNode) node))
                .toList();
        return new Rendering(scenario, kubernetes, Values.merged(chart.values(), values), documents);
    }

    /// What Helm prints after an installation: its report and the chart's notes.
    public String notes(JsonNode values, String kubernetes) {
        return new Helm(chart.folder())
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubernetes)
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withValuesFile(file(values))
                .call()
                .getOutput();
    }

    /// What `helm lint --strict` says of the chart with `values` laid upon its own.
    public LintResult lint(JsonNode values) {
        return new Helm(chart.withValues("lint", values).folder())
                .lint()
                .strict()
                .call();
    }

    private static Path file(JsonNode values) {
        try {
            Path folder = Files.createDirectories(Path.of("target/charts"));
            Path file = Files.createTempFile(folder, "values-", ".yaml").toAbsolutePath();
            return Files.writeString(file, HelmYaml.write(values));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
