package dev.fovea.retrieval;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.Tensor;

/// What is made of one decoded image.
///
/// @param input what the embedder takes in, one row
record PreparedImage(ImageSize size, Tensor input) {}
