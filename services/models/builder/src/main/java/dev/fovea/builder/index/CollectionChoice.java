package dev.fovea.builder.index;

import picocli.CommandLine.Option;

/// The option `--collection`.
final class CollectionChoice {

    @Option(names = "--collection", paramLabel = "NAME", description = "Default: the service's default collection.")
    private String name = "";

    /// Empty: the service's default.
    String name() {
        return name;
    }
}
