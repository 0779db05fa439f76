package dev.fovea.repository;

/// What must be done to an image before the model sees it; the service obeys, it configures nothing of this.
public sealed interface PreprocessingSpec permits PatchPreprocessing, ImagePreprocessing {}
