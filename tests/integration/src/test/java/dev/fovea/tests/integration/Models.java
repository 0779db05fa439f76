package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Model repositories built the way users build them.
final class Models {

    private Models() {}

    static void buildSiftNet(Path repository) {
        build(repository, "siftnet");
    }

    static void build(Path repository, String architecture, String... options) {
        List<String> arguments = new ArrayList<>(List.of("models", "build", architecture));
        arguments.addAll(List.of("--repository", repository.toString()));
        arguments.addAll(List.of(options));
        int status = new FoveaProgram().run(arguments.toArray(String[]::new));
        assertThat(status).as("exit status of fovea %s", arguments).isZero();
    }
}
