package dev.fovea.tests.load;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options that every program has.
final class ReportOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "write the JSON there instead of printing it")
    private Optional<Path> json = Optional.empty();

    Optional<Path> json() {
        return json;
    }
}
