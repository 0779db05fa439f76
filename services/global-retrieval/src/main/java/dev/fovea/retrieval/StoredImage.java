package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.MetadataValue;
import java.util.Map;

/// An image as its collection keeps it.
///
/// @param embedding [Embedding#NONE] where it was not asked for
/// @param payload without the parts that were not asked for
public record StoredImage(
        String id, long version, Map<String, MetadataValue> metadata, Embedding embedding, StoredPayload payload) {
    public StoredImage {
        metadata = Map.copyOf(metadata);
    }
}
