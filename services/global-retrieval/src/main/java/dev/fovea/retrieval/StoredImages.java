package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Entries of an index as stored images.
final class StoredImages {
    /// Images with a payload that are read at once: with 400 keypoints and a thumbnail about 80 KB each.
    static final int STEP = 16;

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

    /// Those of the ids that are stored, read few at a time where they are large.
    ///
    /// @throws InvalidInput `ANSWER_TOO_LARGE`
    static List<StoredImage> get(ImageCollection collection, ImageLookup lookup, Deadline deadline)
            throws InterruptedException {
        int step = lookup.parts().isEmpty() ? RetrievalLimits.MAX_IDS : STEP;
        var size = new AnswerSize();
        List<StoredImage> images = new ArrayList<>();
        for (int from = 0; from < lookup.ids().size(); from += step) {
            List<String> ids = lookup.ids()
                    .subList(from, Math.min(from + step, lookup.ids().size()));
            for (IndexEntry entry : collection.index().get(ids, parts(lookup.parts()), deadline)) {
                images.add(image(size.add(entry), lookup.parts()));
            }
        }
        return images;
    }

    /// Hits as images of an answer; their payloads are read few at a time where the search did not.
    ///
    /// @throws InvalidInput `ANSWER_TOO_LARGE`
    static List<RankedImage> ranked(
            ImageCollection collection,
            List<StageTwo.Placed> best,
            SearchPlan plan,
            Set<StoredPart> parts,
            Deadline deadline)
            throws InterruptedException {
        List<Hit> hits = best.stream().map(StageTwo.Placed::hit).toList();
        var payloads = new SteppedPayloads(collection, hits, deadline);
        var size = new AnswerSize();
        List<RankedImage> images = new ArrayList<>();
        for (int i = 0; i < best.size(); i++) {
            StageTwo.Placed placed = best.get(i);
            Hit hit = placed.hit();
            IndexEntry entry = size.add(plan.payloadsLater() ? payloads.whole(i) : hit.entry());
            images.add(new RankedImage(image(entry, parts), hit.score(), placed.verification(), placed.picture()));
        }
        return images;
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
