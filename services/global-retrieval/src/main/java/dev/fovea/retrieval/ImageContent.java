package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Embedding;
import java.util.Optional;

/// What is stored of an image, or searched with.
///
/// @param embedded where an image was sent
record ImageContent(Embedding embedding, StoredPayload payload, Optional<EmbeddedImage> embedded) {
    static ImageContent of(Embedding embedding, StoredPayload payload) {
        return new ImageContent(embedding, payload, Optional.empty());
    }
}
