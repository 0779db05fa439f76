package dev.fovea.classification;

import dev.fovea.imaging.ImageSize;
import java.util.List;
import java.util.Optional;

/// Why a model answered so; of the first view and, in an ensemble, of its first model.
///
/// @param size of overlays and heat maps
/// @param responses of the best classes, best first; empty where the model has none
/// @param sparseSampling only of an S3N
public record Explanation(
        ImageSize size, List<ClassResponse> responses, Optional<SparseSamplingExplanation> sparseSampling) {
    public Explanation {
        responses = List.copyOf(responses);
    }
}
