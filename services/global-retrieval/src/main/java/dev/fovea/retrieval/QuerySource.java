package dev.fovea.retrieval;

import dev.fovea.inference.ImageSource;
import dev.fovea.vectorindex.Embedding;

/// What is searched with.
public sealed interface QuerySource {

    record OfImage(ImageSource image) implements QuerySource {}

    record OfEmbedding(Embedding embedding) implements QuerySource {}

    /// A stored image, which is left out of the results itself.
    record OfStored(String id) implements QuerySource {}
}
