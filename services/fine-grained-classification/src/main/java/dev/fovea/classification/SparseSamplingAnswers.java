package dev.fovea.classification;

import java.util.List;

/// What the branches of an S3N answer by themselves; their joint answer are the labels of the [Classification].
///
/// @param origin from the image as it came
/// @param discriminative from the image with what decides enlarged
/// @param complementary from the image with the complementary regions enlarged
/// @param gate of the first view
public record SparseSamplingAnswers(
        List<ScoredLabel> origin, List<ScoredLabel> discriminative, List<ScoredLabel> complementary, EntropyGate gate) {
    public SparseSamplingAnswers {
        origin = List.copyOf(origin);
        discriminative = List.copyOf(discriminative);
        complementary = List.copyOf(complementary);
    }
}
