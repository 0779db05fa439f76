package dev.fovea.tests.service;

import dev.fovea.builder.FoveaProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A model repository as the project's own program builds it.
public final class BuiltRepository {

    private BuiltRepository() {}

    /// @param options of `fovea models build`, the architecture first, for example `siftnet`
    /// @return the repository's root, under `folder`
    public static Path in(Path folder, String... options) {
        Path root = folder.resolve("models");
        List<String> arguments = new ArrayList<>(List.of("models", "build"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--repository", root.toString()));
        var err = new StringWriter();
        int status = new FoveaProgram(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .run(arguments.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError("fovea " + arguments + " ended with status " + status + ": " + err);
        }
        return root;
    }
}
