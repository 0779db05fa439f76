package dev.fovea.imaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Data that is not part of the repository; tests that need it are skipped without it.
public final class SharedData {

    private SharedData() {}

    /// The folder `data/<name>`; skips the calling test, saying why, if it is not there.
    public static Path folder(String name) {
        Path folder = root().resolve("data").resolve(name);
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                () -> "no folder " + folder + ": set FOVEA_SHARED to where the shared data lies");
        return folder;
    }

    private static Path root() {
        return Optional.ofNullable(System.getProperty("FOVEA_SHARED"))
                .or(() -> Optional.ofNullable(System.getenv("FOVEA_SHARED")))
                .map(Path::of)
                .orElseGet(() -> repositoryRoot().resolveSibling("shared"));
    }

    private static Path repositoryRoot() {
        Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        return start;
    }
}
