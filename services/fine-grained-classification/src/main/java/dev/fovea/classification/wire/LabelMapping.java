package dev.fovea.classification.wire;

import dev.fovea.classification.EntropyGate;
import dev.fovea.classification.ScoredLabel;
import dev.fovea.classification.SparseSamplingAnswers;
import dev.fovea.proto.v1.GateChoice;
import java.util.List;

/// Labels to their messages, those of S3N's branches included.
public final class LabelMapping {
    private LabelMapping() {}

    public static List<dev.fovea.proto.v1.ScoredLabel> messages(List<ScoredLabel> labels) {
        return labels.stream().map(LabelMapping::message).toList();
    }

    public static dev.fovea.proto.v1.SparseSamplingAnswers message(SparseSamplingAnswers answers) {
        return dev.fovea.proto.v1.SparseSamplingAnswers.newBuilder()
                .addAllOrigin(messages(answers.origin()))
                .addAllDiscriminative(messages(answers.discriminative()))
                .addAllComplementary(messages(answers.complementary()))
                .setGate(dev.fovea.proto.v1.EntropyGate.newBuilder()
                        .setChoice(choice(answers.gate().choice()))
                        .setScore(answers.gate().score()))
                .build();
    }

    private static dev.fovea.proto.v1.ScoredLabel message(ScoredLabel label) {
        return dev.fovea.proto.v1.ScoredLabel.newBuilder()
                .setIndex(label.index())
                .setLabel(label.label())
                .setProbability(label.probability())
                .build();
    }

    private static GateChoice choice(EntropyGate.Choice choice) {
        return switch (choice) {
            case BEST_CLASS -> GateChoice.GATE_CHOICE_BEST_CLASS;
            case FIVE_BEST_CLASSES -> GateChoice.GATE_CHOICE_FIVE_BEST_CLASSES;
        };
    }
}
