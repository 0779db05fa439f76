package dev.fovea.builder.index;

import dev.fovea.builder.index.client.Repeats;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of commands that write many images.
final class WriteOptions {

    /// A service refuses more calls of one connection unless it is told otherwise.
    private static final int MAX_PARALLEL = 256;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images on their way at once, 1 to 256. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Mixin
    private PatienceOption patience = new PatienceOption();

    /// @throws IllegalArgumentException if one is out of range
    void check() {
        if (parallel < 1 || parallel > MAX_PARALLEL) {
            throw new IllegalArgumentException("--parallel " + parallel + " is outside 1 to " + MAX_PARALLEL);
        }
        patience.check();
    }

    int parallel() {
        return parallel;
    }

    Repeats repeats() {
        return patience.repeats();
    }
}
