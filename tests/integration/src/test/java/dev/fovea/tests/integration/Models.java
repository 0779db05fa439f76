package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.builder.FoveaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Model repositories made the way users make them.
public final class Models {

    private Models() {}

    public static void build(Path repository, String architecture, String... options) {
        run(List.of("models", "build", architecture), repository, options);
    }

    public static void adopt(Path repository, Path file, String... options) {
        run(List.of("models", "adopt", file.toString()), repository, options);
    }

    public static void fitHead(Path repository, String subject, String... options) {
        run(List.of("fit", "head", subject), repository, options);
    }

    private static void run(List<String> command, Path repository, String... options) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--repository", repository.toString()));
        arguments.addAll(List.of(options));
        int status = new FoveaProgram().run(arguments.toArray(String[]::new));
        assertThat(status).as("exit status of fovea %s", arguments).isZero();
    }
}
