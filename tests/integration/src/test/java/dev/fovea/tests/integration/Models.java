package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.nio.file.Path;

/// Model repositories built the way users build them.
final class Models {

    private Models() {}

    static void buildSiftNet(Path repository) {
        int status = new FoveaProgram().run("models", "build", "siftnet", "--repository", repository.toString());
        assertThat(status).as("exit status of fovea models build siftnet").isZero();
    }
}
