package dev.fovea.retrieval;

import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Entries of an index as stored images.
final class StoredImages {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private StoredImages() {}

    /// Whether these parts lie in the payload, which may be a hundred kilobytes.
    static boolean needPayload(Set<StoredPart> wanted) {
        return wanted.contains(StoredPart.THUMBNAIL) || wanted.contains(StoredPart.LOCAL_FEATURES);
    }

    /// The parts of an entry that hold these parts of an image.
    static Set<Part> parts(Set<StoredPart> wanted) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (wanted.contains(StoredPart.EMBEDDING)) {
            parts.add(Part.VECTOR);
        }
        if (needPayload(wanted)) {
            parts.add(Part.PAYLOAD);
        }
        return parts;
    }

    /// @param entry with the [#parts]
    static StoredImage image(IndexEntry entry, Set<StoredPart> wanted) {
        return new StoredImage(
                entry.id(), entry.version(), entry.metadata(), entry.vector(), only(payload(entry), wanted));
    }

    /// Nothing where the payload was not asked for.
    static StoredPayload payload(IndexEntry entry) {
        return entry.payload().hasRemaining() ? PayloadCodec.decode(entry.payload()) : StoredPayload.NONE;
    }

    private static StoredPayload only(StoredPayload payload, Set<StoredPart> wanted) {
        return new StoredPayload(
                payload.image(),
                wanted.contains(StoredPart.LOCAL_FEATURES) ? payload.features() : Optional.empty(),
                wanted.contains(StoredPart.THUMBNAIL) ? payload.thumbnail() : NOTHING);
    }
}
