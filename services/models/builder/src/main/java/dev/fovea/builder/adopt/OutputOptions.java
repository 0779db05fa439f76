package dev.fovea.builder.adopt;

import dev.fovea.architectures.layers.VectorPooling;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which value of a foreign file is the answer, and what becomes of it; a picocli mixin.
final class OutputOptions {

    /// What a classifier's scores are.
    enum Activation {
        NONE,
        SOFTMAX
    }

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "The value that is the answer; it may be an inner one. Default: the file's only output.")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--head",
            paramLabel = "POOLING",
            converter = Words.OfPooling.class,
            description = "Pools the maps (N, C, H, W) that --output names to one vector: ${COMPLETION-CANDIDATES}.")
    private Optional<VectorPooling> head = Optional.empty();

    @Option(names = "--normalise", description = "Divide each row of the answer by its Euclidean norm.")
    private boolean normalise;

    @Option(
            names = "--activation",
            paramLabel = "WHAT",
            description = "What a classifier's scores went through: none (they are logits) or softmax (probabilities). "
                    + "Default: softmax if the recorded answer is a distribution.")
    private Optional<Activation> activation = Optional.empty();

    @Option(
            names = "--no-explanations",
            description = "Leave out the response maps of the best classes, which a classifier gets that ends in the "
                    + "mean of maps and one linear layer. They take less than 1 %% of every call's time.")
    private boolean unexplained;

    Optional<String> output() {
        return output;
    }

    Optional<VectorPooling> head() {
        return head;
    }

    boolean normalise() {
        return normalise;
    }

    Optional<Activation> activation() {
        return activation;
    }

    /// Whether a classifier is to explain itself, if it can.
    boolean explanations() {
        return !unexplained;
    }
}
