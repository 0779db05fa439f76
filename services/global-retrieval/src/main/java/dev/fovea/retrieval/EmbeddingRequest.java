package dev.fovea.retrieval;

import dev.fovea.inference.ImageSource;
import dev.fovea.inference.lifecycle.ModelRef;
import java.util.Optional;

/// What is to be embedded.
///
/// @param collection whose model does it, where none is named; empty: the default
public record EmbeddingRequest(String collection, Optional<ModelRef> model, ImageSource image) {}
