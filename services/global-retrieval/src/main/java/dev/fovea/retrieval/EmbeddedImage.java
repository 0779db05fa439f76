package dev.fovea.retrieval;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.vectorindex.Embedding;

/// An image as a model sees it.
///
/// @param image after EXIF orientation
public record EmbeddedImage(ModelIdentity model, Embedding embedding, ImageSize image, StageTimings timings) {}
