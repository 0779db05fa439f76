package dev.fovea.retrieval;

/// What a collection keeps of each image for re-ranking, and when it re-ranks.
///
/// @param byDefault whether searches that do not say are re-ranked
/// @param keypoints strongest that are kept of an image, at least 1
/// @param thumbnailSidePx longer side of the thumbnail; 0: none is kept
public record StageTwoSettings(boolean byDefault, int keypoints, int thumbnailSidePx) {}
