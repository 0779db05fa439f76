package dev.fovea.tests.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the repository and the shared test data lie.
public final class Checkout {

    private Checkout() {}

    /// The repository's root: the nearest folder above the working folder that holds `.mvn`.
    public static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds .mvn");
    }

    /// A file or folder of the shared test data: under `FOVEA_SHARED`, else in the folder `shared`
    /// beside the repository.
    ///
    /// @return empty where it is absent; the test then skips and says [#absent]
    public static Optional<Path> shared(String path) {
        String configured = System.getenv("FOVEA_SHARED");
        Path folder = configured == null ? root().resolveSibling("shared") : Path.of(configured);
        return Optional.of(folder.resolve(path)).filter(Files::exists);
    }

    /// Why a test that needs `path` is skipped.
    public static String absent(String path) {
        return "skipped: shared test data \"" + path + "\" is absent (set FOVEA_SHARED to the folder that holds it)";
    }
}
