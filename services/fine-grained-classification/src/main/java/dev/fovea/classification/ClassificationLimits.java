package dev.fovea.classification;

import dev.fovea.inference.failure.InvalidInput;

/// How much one request may ask for, and what it gets if it names no number.
///
/// @param maxTopK labels; 1 to 100,000, default 1,000
/// @param topK labels of a request that names no number; 1 to `maxTopK`, default 5
/// @param maxExplanationSidePx longer side of an explanation's pictures; 1 to 4,096 px, default 1,024 px
public record ClassificationLimits(int maxTopK, int topK, int maxExplanationSidePx) {
    private static final int MOST_LABELS = 100_000;
    private static final int LONGEST_SIDE_PX = 4_096;

    /// Each is a picture of its own; models built here explain three.
    private static final int MOST_EXPLAINED_CLASSES = 10;

    /// @throws IllegalArgumentException if a limit is outside its range
    public ClassificationLimits {
        requireRange("labels", maxTopK, MOST_LABELS);
        requireRange("labels by default", topK, maxTopK);
        requireRange("pixels of an explanation's side", maxExplanationSidePx, LONGEST_SIDE_PX);
    }

    /// 1,000 labels, 5 by default, pictures of 1,024 px.
    public static ClassificationLimits defaults() {
        return new ClassificationLimits(1_000, 5, 1_024);
    }

    /// How many labels a request gets.
    ///
    /// @param asked 0: the default
    /// @throws InvalidInput `TOP_K_TOO_LARGE`
    public int labels(long asked) {
        if (asked > maxTopK) {
            throw new InvalidInput(
                    "TOP_K_TOO_LARGE", asked + " labels asked for; the limit is " + maxTopK, asked, maxTopK);
        }
        return asked == 0 ? topK : (int) asked;
    }

    /// How a request is explained.
    ///
    /// @param sidePx 0: the limit
    /// @param classes 0: 1
    /// @throws InvalidInput `EXPLANATION_SIZE_TOO_LARGE` or `EXPLANATION_CLASSES_TOO_MANY`
    public ExplanationRequest explanation(long sidePx, long classes) {
        if (sidePx > maxExplanationSidePx) {
            throw new InvalidInput(
                    "EXPLANATION_SIZE_TOO_LARGE",
                    "pictures of " + sidePx + " px asked for; the limit is " + maxExplanationSidePx + " px",
                    sidePx + " px",
                    maxExplanationSidePx + " px");
        }
        if (classes > MOST_EXPLAINED_CLASSES) {
            throw new InvalidInput(
                    "EXPLANATION_CLASSES_TOO_MANY",
                    classes + " classes to be explained; the limit is " + MOST_EXPLAINED_CLASSES,
                    classes,
                    MOST_EXPLAINED_CLASSES);
        }
        return new ExplanationRequest(
                sidePx == 0 ? maxExplanationSidePx : (int) sidePx, classes == 0 ? 1 : (int) classes);
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("limit of " + what + " is " + value + ", outside 1 to " + most);
        }
    }
}
