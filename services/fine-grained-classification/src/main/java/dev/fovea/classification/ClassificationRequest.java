package dev.fovea.classification;

import dev.fovea.inference.ImageSource;
import dev.fovea.inference.lifecycle.ModelRef;
import java.util.List;
import java.util.Optional;

/// What is to be classified, and how.
///
/// @param models empty: the service's default; several are an ensemble
/// @param scores which labels are the answer
/// @param views which parts of the image the models look at
/// @param explanation empty: none is asked for
public record ClassificationRequest(
        List<ModelRef> models,
        ImageSource image,
        ScoreRule scores,
        ViewChoice views,
        Optional<ExplanationRequest> explanation) {
    public ClassificationRequest {
        models = List.copyOf(models);
    }
}
