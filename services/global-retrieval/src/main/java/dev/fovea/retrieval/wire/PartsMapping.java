package dev.fovea.retrieval.wire;

import dev.fovea.proto.v1.Parts;
import dev.fovea.retrieval.StoredPart;
import java.util.EnumSet;
import java.util.Set;

/// Which parts of stored images are wanted.
public final class PartsMapping {
    private PartsMapping() {}

    public static Set<StoredPart> parts(Parts message) {
        Set<StoredPart> parts = EnumSet.noneOf(StoredPart.class);
        if (message.getEmbedding()) {
            parts.add(StoredPart.EMBEDDING);
        }
        if (message.getThumbnail()) {
            parts.add(StoredPart.THUMBNAIL);
        }
        if (message.getLocalFeatures()) {
            parts.add(StoredPart.LOCAL_FEATURES);
        }
        return parts;
    }
}
