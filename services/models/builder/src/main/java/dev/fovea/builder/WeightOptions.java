package dev.fovea.builder;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            description = "Where in a nested checkpoint the tensors are, for example state_dict or model.ema.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--ignore",
            paramLabel = "PATTERN",
            description = "Tensors of the files that the network does without, for example 'fc.*'; a tensor that is "
                    + "neither used nor ignored is an error. May be given again.")
    private List<String> ignored = List.of();

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
    Optional<WeightSource> open() throws IOException {
        if (seeded.isPresent() && !files.isEmpty()) {
            throw new IllegalArgumentException("--seeded and --weights cannot be given together");
        }
        if (files.isEmpty() && (key.isPresent() || !ignored.isEmpty() || licence.isPresent())) {
            throw new IllegalArgumentException("--weights-key, --ignore and --licence need --weights");
        }
        return seeded.map(SeededWeights::new);
    }

    /// A line for the error stream.
    Optional<String> warning() {
        return seeded.map(prefix ->
                "warning: weights are pseudo-random (prefix \"" + prefix + "\"); the model's answers mean nothing");
    }
}
