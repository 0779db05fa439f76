package dev.fovea.patches.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/// A model repository as the project's own program builds it.
final class SiftNetRepository {

    private SiftNetRepository() {}

    static Path in(Path folder) {
        Path root = folder.resolve("models");
        var err = new StringWriter();
        int code = new FoveaProgram(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .run("models", "build", "siftnet", "--repository", root.toString());
        assertThat(code).as("building siftnet: %s", err).isZero();
        return root;
    }
}
