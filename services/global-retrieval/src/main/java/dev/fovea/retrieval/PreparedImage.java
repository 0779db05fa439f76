package dev.fovea.retrieval;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.Tensor;
import dev.fovea.retrieval.rerank.LocalFeatureExtractor;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What is made of one decoded image.
///
/// @param input what the embedder takes in, one row
/// @param local keypoints whose descriptors are still to be made
/// @param thumbnail JPEG; no bytes where none is wanted
record PreparedImage(
        ImageSize size, Tensor input, Optional<LocalFeatureExtractor.Prepared> local, ByteBuffer thumbnail) {}
