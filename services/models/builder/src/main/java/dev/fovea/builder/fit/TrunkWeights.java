package dev.fovea.builder.fit;

import dev.fovea.architectures.weights.MergedWeights;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightOrigin;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.file.WeightFile;
import dev.fovea.architectures.weights.file.WeightFileOptions;
import dev.fovea.repository.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The trained part below what is fitted; a picocli mixin.
final class TrunkWeights {

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Trained weights of an architecture's trunk: PyTorch checkpoint, safetensors or ONNX. Given "
                    + "again, the files are read as one.")
    private List<Path> files = List.of();

    @Option(
            names = "--weights-key",
            paramLabel = "PATH",
            description = "Where in a nested checkpoint the tensors are, parts divided by /. Default: the usual ones.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--licence",
            paramLabel = "SPDX",
            description = "Licence of the weights, for example MIT. Default: unknown.")
    private String licence = "unknown";

    /// @throws dev.fovea.architectures.weights.WeightsException if a file cannot be read as weights
    WeightSource open() {
        if (files.isEmpty()) {
            return new NoWeights();
        }
        var how = new WeightFileOptions(key, Optional.empty(), licence);
        return new MergedWeights(files.stream()
                .<WeightSource>map(file -> WeightFile.open(file, how))
                .toList());
    }

    /// The origin of a trunk with something fitted on it.
    ///
    /// @param how for a person: what was fitted to what
    static WeightOrigin fitted(WeightSource trunk, String how) {
        WeightOrigin before = trunk.origin();
        Provenance.Kind kind =
                before.kind() == Provenance.Kind.SEEDED ? Provenance.Kind.SEEDED : Provenance.Kind.FITTED;
        return new WeightOrigin(
                kind, how + "; below it " + before.kind() + ": " + before.source(), before.sha256(), before.licence());
    }
}
