package dev.fovea.builder;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// Where a network's numbers come from; a picocli mixin.
final class WeightOptions {

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Trained weights: PyTorch checkpoint (zip or legacy), safetensors or ONNX. Given again, the "
                    + "files are read as one.")
    private List<Path> files = List.of();

    @Option(
            names = "--weights-key",
            paramLabel = "PATH",
            description =
                    "Where in a nested checkpoint the tensors are, parts divided by /, for example model/ema. Default: the usual ones.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--ignore",
            paramLabel = "PATTERN",
            description = "Tensors of the files that the network does without, for example 'fc.*'; a tensor that is "
                    + "neither used nor ignored is an error. May be given again.")
    private List<String> ignored = List.of();

    @Option(
            names = "--rename",
            paramLabel = "OLD=NEW",
            description = "A tensor's name as the network has it; OLD ending in a dot renames all that begin with it, "
                    + "for example backbone.=trunk. or module.= to strip it. May be given again.")
    private Map<String, String> renamed = Map.of();

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "Licence of the weights, for example MIT or CC-BY-NC-4.0. Default: unknown.")
    private Optional<String> licence = Optional.empty();

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
        if (seeded.isPresent() && !files.isEmpty()) {
            throw new IllegalArgumentException("--seeded and --weights cannot be given together");
        }
        if (files.isEmpty() && (key.isPresent() || !ignored.isEmpty() || !renamed.isEmpty() || licence.isPresent())) {
            throw new IllegalArgumentException("--weights-key, --ignore, --rename and --licence need --weights");
        }
        if (seeded.isPresent()) {
            notes.accept("warning: the weights are pseudo-random (prefix \"" + seeded.get()
                    + "\"); the model's answers mean nothing");
            return Optional.of(new SeededWeights(seeded.get()));
        }
        return Optional.empty();
    }
}
