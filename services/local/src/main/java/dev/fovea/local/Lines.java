package dev.fovea.local;

import dev.fovea.proto.v1.PatchDescriptionResult;
import dev.fovea.proto.v1.StageTimings;
import java.util.List;
import java.util.Locale;

/// How results read, one line each.
final class Lines {

    private Lines() {}

    static String described(PatchDescriptionResult result) {
        return String.format(
                Locale.ROOT,
                "%-28s %5d keypoints   %s",
                result.getImageId(),
                result.getKeypointsCount(),
                String.join("  ", stages(result.getTimings())));
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
        return String.format(Locale.ROOT, "%-28s DEAD LETTER %s: %s", letter.id(), letter.code(), letter.reason());
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
