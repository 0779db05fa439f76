package dev.fovea.retrieval;

import dev.fovea.inference.ImageSource;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.MetadataValue;
import java.util.Map;

/// An image to be stored.
///
/// @param collection empty: the default
/// @param id 1 to 512 bytes of UTF-8
/// @param version at least 0; 0: the time of the write
public record ImageWrite(
        String collection,
        String id,
        Content content,
        Map<String, MetadataValue> metadata,
        long version,
        Acknowledgement acknowledgement) {

    public ImageWrite {
        metadata = Map.copyOf(metadata);
    }

    /// What is stored.
    public sealed interface Content {

        /// An image, which is embedded and, where the collection keeps local descriptors, described.
        record OfImage(ImageSource image) implements Content {}

        /// An embedding that the caller made; such an image cannot be re-ranked.
        record OfEmbedding(Embedding embedding) implements Content {}

        /// What a collection gave back; its id, version and metadata are not read.
        record OfStored(StoredImage image) implements Content {}
    }
}
