package dev.fovea.local;

import dev.fovea.proto.v1.ClassificationResult;
import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.ScoredLabel;
import dev.fovea.proto.v1.StageTimings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How results read, one line each.
final class Lines {

    private static final int BAR = 20;

    /// Characters of an image's name; those of longer ones are left out in the middle, so that bars stand in line.
    private static final int NAME = 34;

    private static final int NAME_BEGINNING = 12;

    /// Labels named besides the best.
    private static final int OTHERS = 2;

    private Lines() {}

    static String described(PatchDescriptionResult result) {
        return String.format(
                Locale.ROOT,
                "%s %5d keypoints   %s",
                name(result.getImageId()),
                result.getKeypointsCount(),
                String.join("  ", stages(result.getTimings())));
    }

    /// The best label with a bar of its probability, then what else was thought of, then the truth if it is another.
    static String classified(ClassificationResult result, Optional<String> truth) {
        if (result.getLabelsCount() == 0) {
            return name(result.getImageId()) + " no label";
        }
        ScoredLabel best = result.getLabels(0);
        String others = result.getLabelsList().stream()
                .skip(1)
                .limit(OTHERS)
                .map(label -> String.format(Locale.ROOT, "%s %.2f", label.getLabel(), label.getProbability()))
                .collect(Collectors.joining(", "));
        String line = String.format(
                Locale.ROOT,
                "%s %-16s %s %.2f   %s",
                name(result.getImageId()),
                best.getLabel(),
                bar(best.getProbability()),
                best.getProbability(),
                others);
        Optional<String> correction = truth.filter(label -> !label.equals(best.getLabel()));
        return line.stripTrailing()
                + correction.map(label -> "; it is " + label).orElse("");
    }

    static String indexed(EmbeddingResult result) {
        String outcome =
                switch (result.getOutcome()) {
                    case WRITE_OUTCOME_STALE -> "a later version is in the index";
                    case WRITE_OUTCOME_UNCHANGED -> "in the index already";
                    default -> result.getDeleted() ? "deleted" : "indexed in " + result.getCollection();
                };
        return name(result.getImageId()) + " " + outcome + "   " + String.join("  ", stages(result.getTimings()));
    }

    static String name(String id) {
        int excess = id.length() - NAME;
        return excess <= 0
                ? id + " ".repeat(-excess)
                : id.substring(0, NAME_BEGINNING) + ".." + id.substring(NAME_BEGINNING + excess + 2);
    }

    static String bar(double probability) {
        int filled = (int) Math.round(BAR * Math.clamp(probability, 0, 1));
        return "#".repeat(filled) + ".".repeat(BAR - filled);
    }

    /// The five stages in milliseconds, and the size of the batch.
    static List<String> stages(StageTimings timings) {
        return List.of(
                "decode " + millis(timings.getDecodeMicros()),
                "preprocess " + millis(timings.getPreprocessMicros()),
                "batch " + millis(timings.getBatchMicros()),
                "infer " + millis(timings.getInferMicros()),
                "postprocess " + millis(timings.getPostprocessMicros()) + " ms",
                "batch of " + timings.getBatchSize());
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f", micros / 1000.0);
    }

    static String deadLetter(Answer.DeadLetter letter) {
        return String.format(
                Locale.ROOT,
                "%-34s DEAD LETTER of %s: %s: %s",
                letter.id(),
                letter.service(),
                letter.code(),
                letter.reason());
    }

    static String matched(MatchedViews views) {
        if (views.homography().isEmpty()) {
            return String.format(Locale.ROOT, "%-44s %4d matches, no common plane", views.title(), views.matches());
        }
        String line = String.format(
                Locale.ROOT,
                "%-44s %4d matches, %d on one plane",
                views.title(),
                views.matches(),
                views.agreeing().size());
        return views.errorPx().isEmpty() ? line : line + ", " + error(views);
    }

    /// Only where the truth is known.
    static String error(MatchedViews views) {
        return String.format(
                Locale.ROOT, "homography off by %.2f px", views.errorPx().orElseThrow());
    }
}
