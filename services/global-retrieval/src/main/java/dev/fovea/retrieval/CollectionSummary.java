package dev.fovea.retrieval;

import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.vectorindex.IndexStats;
import java.util.Optional;

/// What a collection holds and how it is kept.
///
/// @param localModel empty where nothing is kept for re-ranking
public record CollectionSummary(
        ImageCollection collection, boolean isDefault, Optional<ModelIdentity> localModel, IndexStats stats) {}
