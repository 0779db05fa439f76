package dev.fovea.classification.events;

import dev.fovea.classification.ClassificationRequest;
import dev.fovea.classification.ExplanationRequest;
import dev.fovea.classification.ScoreRule;
import dev.fovea.classification.ViewChoice;
import dev.fovea.inference.ImageSource;
import java.util.List;
import java.util.Optional;

/// How every event is classified; an event names no more than its image.
///
/// @param explanation empty: none
public record EventRule(ScoreRule scores, ViewChoice views, Optional<ExplanationRequest> explanation) {
    /// By the default model.
    ClassificationRequest request(ImageSource image) {
        return new ClassificationRequest(List.of(), image, scores, views, explanation);
    }
}
