package dev.fovea.builder;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.builder.weights.WeightFiles;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where a network's numbers come from: files, or for tests a generator; a picocli mixin.
final class WeightOptions {

    @Mixin
    private WeightFiles files = new WeightFiles();

    @Option(
            names = "--seeded",
            paramLabel = "PREFIX",
            description = "Pseudo-random weights, for tests and benchmarks: the answers mean nothing.")
    private Optional<String> seeded = Optional.empty();

    /// Empty if none were asked for.
    ///
    /// @param notes takes lines for the error stream
    /// @throws IllegalArgumentException if the options contradict each other, or a file cannot be read as weights
    Optional<WeightSource> open(Consumer<String> notes) {
        if (seeded.isEmpty()) {
            return files.open(notes);
        }
        if (files.areGiven()) {
            throw new IllegalArgumentException("--seeded and --weights cannot be given together");
        }
        notes.accept("warning: the weights are pseudo-random (prefix \"" + seeded.get()
                + "\"); the model's answers mean nothing");
        return Optional.of(new SeededWeights(seeded.get()));
    }
}
