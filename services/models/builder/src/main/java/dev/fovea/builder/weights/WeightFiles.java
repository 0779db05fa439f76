package dev.fovea.builder.weights;

import dev.fovea.architectures.weights.IgnoringWeights;
import dev.fovea.architectures.weights.MergedWeights;
import dev.fovea.architectures.weights.RenamedWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.architectures.weights.file.WeightFileOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// The files that a network's numbers are read from; a picocli mixin.
public final class WeightFiles {

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Trained weights: PyTorch checkpoint (zip or legacy), safetensors or ONNX. Given again, the "
                    + "files are read as one.")
    private List<Path> files = List.of();

    @Option(
            names = "--weights-key",
            paramLabel = "PATH",
            description = "Where in a nested checkpoint the tensors are, parts divided by /, for example model/ema. "
                    + "Default: the usual places.")
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

    public boolean areGiven() {
        return !files.isEmpty();
    }

    /// Empty if none were asked for.
    ///
    /// @param notes takes lines for the error stream
    /// @throws IllegalArgumentException if an option lacks a file, or a file cannot be read as weights
    public Optional<WeightSource> open(Consumer<String> notes) {
        if (files.isEmpty() && (key.isPresent() || !ignored.isEmpty() || !renamed.isEmpty() || licence.isPresent())) {
            throw new IllegalArgumentException("--weights-key, --ignore, --rename and --licence need --weights");
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(read(notes));
    }

    private WeightSource read(Consumer<String> notes) {
        var how = new WeightFileOptions(key, Optional.empty(), licence.orElse("unknown"));
        List<WeightFile> opened =
                files.stream().map(file -> WeightFile.open(file, how)).toList();
        opened.forEach(
                file -> file.notes().forEach(note -> notes.accept(file.origin().source() + ": " + note)));
        WeightSource all = new MergedWeights(List.copyOf(opened));
        if (!renamed.isEmpty()) {
            all = RenamedWeights.mapped(all, renamed);
        }
        for (String pattern : ignored) {
            requireFits(pattern, all);
        }
        return IgnoringWeights.of(all, ignored);
    }

    private static void requireFits(String pattern, WeightSource source) {
        int tensors = source.names().size();
        if (IgnoringWeights.of(source, List.of(pattern)).names().size() == tensors) {
            throw new WeightsException("--ignore " + pattern + " fits none of the " + tensors + " tensors of "
                    + source.origin().source());
        }
    }
}
