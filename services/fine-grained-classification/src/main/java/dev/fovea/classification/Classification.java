package dev.fovea.classification;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.lifecycle.ModelIdentity;
import java.util.List;
import java.util.Optional;

/// The answer to a [ClassificationRequest].
///
/// @param models the model that answered, or the members of the ensemble, in the order asked
/// @param labels best first; empty if no class reaches the least probability
/// @param sparseSampling only of a single S3N
/// @param explanation only if asked for
public record Classification(
        List<ModelIdentity> models,
        ImageSize image,
        List<ScoredLabel> labels,
        Optional<SparseSamplingAnswers> sparseSampling,
        Optional<Explanation> explanation,
        StageTimings timings) {
    public Classification {
        models = List.copyOf(models);
        labels = List.copyOf(labels);
    }
}
