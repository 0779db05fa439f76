package dev.fovea.classification;

import java.util.List;

/// Where an S3N looked.
///
/// @param peaks strongest first
/// @param overlay the decision map as a heat map over the image, with the peaks
/// @param zoomMap what the discriminative branch enlarges, as a heat map
/// @param complementMap what the complementary branch enlarges, as a heat map
/// @param zoomed what the discriminative branch saw, of the size of the model's input
/// @param complement what the complementary branch saw, of the size of the model's input
public record SparseSamplingExplanation(
        List<Peak> peaks, Png overlay, Png zoomMap, Png complementMap, Png zoomed, Png complement) {
    public SparseSamplingExplanation {
        peaks = List.copyOf(peaks);
    }
}
