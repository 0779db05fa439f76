package dev.fovea.tests.service;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A repository with an empty file for the fake engine, free ports, and probes in quick succession.
public final class FakeModelProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "fovea.models.repository", repository().toString(),
                "fovea.models.default", "fake",
                "fovea.health.probe-interval", "100ms",
                "fovea.health.fresh-for", "0ms",
                "fovea.health.stuck-after", "1s",
                "quarkus.http.test-port", "0",
                "quarkus.grpc.server.test-port", "0");
    }

    private static Path repository() {
        try {
            Path root = Files.createTempDirectory("fovea-models");
            Path version = Files.createDirectories(root.resolve("fake/1"));
            Files.createFile(version.resolve("model.onnx"));
            return root;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
