package dev.fovea.repository;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What must be done to an image before the model sees it; the service obeys, it configures nothing of this.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = PatchPreprocessing.class, name = "patch"))
public sealed interface PreprocessingSpec permits PatchPreprocessing {}
