package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the shared test data; a test that needs one is skipped where it is absent.
final class SharedFiles {

    private SharedFiles() {}

    static Path weights(String name) {
        String configured = System.getenv("FOVEA_SHARED");
        Path folder = configured == null ? root().resolveSibling("shared") : Path.of(configured);
        Path file = folder.resolve("data/weights").resolve(name);
        assumeThat(file)
                .as("skipped: shared test data is absent (set FOVEA_SHARED to the folder that holds it)")
                .matches(Files::exists, "exists");
        return file;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }
}
