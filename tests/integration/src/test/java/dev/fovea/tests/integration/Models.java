package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Model repositories built the way users build them.
public final class Models {

    private Models() {}

    public static void build(Path repository, String architecture, String... options) {
        List<String> arguments = new ArrayList<>(List.of("models", "build", architecture));
        arguments.addAll(List.of("--repository", repository.toString()));
        arguments.addAll(List.of(options));
        run(arguments);
    }

    private static void run(List<String> arguments) {
        int status = new FoveaProgram().run(arguments.toArray(String[]::new));
        assertThat(status).as("exit status of fovea %s", arguments).isZero();
    }
}
