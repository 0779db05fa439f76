package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import java.util.Optional;

/// What is made of a decoded image besides the embedder's input.
///
/// @param extractor of local features; empty: none are made
/// @param keypoints strongest that are kept
/// @param thumbnailSidePx longer side; 0: no thumbnail
record Keeping(Optional<LocalFeatureExtractor> extractor, int keypoints, int thumbnailSidePx) {
    static final Keeping NOTHING = new Keeping(Optional.empty(), 0, 0);
}
