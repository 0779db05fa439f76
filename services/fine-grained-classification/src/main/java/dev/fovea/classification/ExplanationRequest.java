package dev.fovea.classification;

/// How an answer is to be explained.
///
/// @param maxSidePx longer side of the pictures, at least 1; an image that is larger is drawn smaller
/// @param classes best classes whose response is drawn, at least 1; more than the model explains: those it explains
public record ExplanationRequest(int maxSidePx, int classes) {
    /// @throws IllegalArgumentException if a number is below 1
    public ExplanationRequest {
        if (maxSidePx < 1 || classes < 1) {
            throw new IllegalArgumentException(
                    "an explanation of " + classes + " classes, " + maxSidePx + " px, is below 1");
        }
    }
}
