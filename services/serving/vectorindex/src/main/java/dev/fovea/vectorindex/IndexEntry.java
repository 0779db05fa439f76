package dev.fovea.vectorindex;

import java.nio.ByteBuffer;
import java.util.Map;

/// One entry, whole.
///
/// @param id 1 to 512 bytes of UTF-8
/// @param version the highest of an id wins
/// @param vector [Embedding#NONE] where it was not asked for
/// @param payload opaque to the index; empty where it was not asked for or there is none
public record IndexEntry(
        String id, long version, Embedding vector, Map<String, MetadataValue> metadata, ByteBuffer payload) {

    public IndexEntry {
        metadata = Map.copyOf(metadata);
        payload = payload.asReadOnlyBuffer();
    }
}
