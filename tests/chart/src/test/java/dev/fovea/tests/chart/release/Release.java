package dev.fovea.tests.chart.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import dev.fovea.tests.chart.render.Chart;
import dev.fovea.tests.chart.render.HelmYaml;
import dev.fovea.tests.chart.render.Renderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A release on a stand-in API server, moved by Helm.
final class Release {

    private static final int SECONDS_FOR_TESTS = 60;

    private final String kubeconfig;

    Release(ApiServer server) {
        this.kubeconfig = server.kubeconfig(Renderer.NAMESPACE);
    }

    /// @return the revision
    /// @throws IllegalStateException with Helm's message, if it fails
    String install(Chart chart, JsonNode values) {
        return new Helm(chart.folder())
                .install()
                .withName(Renderer.RELEASE)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .withValuesFile(file(values))
                .call()
                .getRevision();
    }

    String upgrade(Chart chart, JsonNode values) {
        return new Helm(chart.folder())
                .upgrade()
                .withName(Renderer.RELEASE)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .resetValues()
                .withValuesFile(file(values))
                .call()
                .getRevision();
    }

    /// Goes back to the values of a former revision. Helm's Java binding has no `rollback`; this is an upgrade to what
    /// Helm kept of that revision, which gives the same objects as long as the chart is the same.
    String backTo(int revision, Chart chart) {
        String kept = Helm.get(Renderer.RELEASE)
                .values()
                .withRevision(revision)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .call();
        return upgrade(chart, HelmYaml.object(kept));
    }

    /// Runs the pods of `helm test` and waits until all of them have succeeded.
    String test() {
        return Helm.test(Renderer.RELEASE)
                .withTimeout(SECONDS_FOR_TESTS)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .call()
                .getStatus();
    }

    List<String> history() {
        return Helm.history(Renderer.RELEASE)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .call()
                .stream()
                .map(revision -> revision.getRevision() + " " + revision.getStatus())
                .toList();
    }

    void uninstall() {
        Helm.uninstall(Renderer.RELEASE)
                .withNamespace(Renderer.NAMESPACE)
                .withKubeConfigContents(kubeconfig)
                .call();
    }

    private static Path file(JsonNode values) {
        try {
            Path folder = Files.createDirectories(Path.of("target/charts"));
            Path file = Files.createTempFile(folder, "release-", ".yaml").toAbsolutePath();
            return Files.writeString(file, new ObjectMapper().writeValueAsString(values));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
