package dev.fovea.retrieval;

import dev.fovea.vectorindex.Written;
import java.util.Optional;

/// What became of an [ImageWrite].
///
/// @param collection that it went to
/// @param embedded empty where no image was sent
/// @param keypoints local descriptors stored for re-ranking
public record WrittenImage(String collection, Written written, Optional<EmbeddedImage> embedded, int keypoints) {}
