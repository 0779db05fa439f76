package dev.fovea.retrieval;

import dev.fovea.inference.Deadline;
import dev.fovea.retrieval.rerank.Candidates;
import dev.fovea.retrieval.rerank.LocalFeatures;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Payloads of hits, of which only [StoredImages#STEP] are in memory: those of a thousand would be 80 MB. Asked
/// for in the order of the hits. An image that was written again or deleted since it was found has none.
/// Belongs to its request.
final class SteppedPayloads implements Candidates {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ImageCollection collection;
    private final List<Hit> hits;
    private final Deadline deadline;
    private Map<String, IndexEntry> step = Map.of();
    private int from;
    private int to;

    SteppedPayloads(ImageCollection collection, List<Hit> hits, Deadline deadline) {
        this.collection = collection;
        this.hits = hits;
        this.deadline = deadline;
    }

    /// The entry of a hit with its payload.
    IndexEntry whole(int hit) throws InterruptedException {
        IndexEntry found = hits.get(hit).entry();
        ByteBuffer payload = entry(hit).map(IndexEntry::payload).orElse(NOTHING);
        return new IndexEntry(found.id(), found.version(), found.vector(), found.metadata(), payload);
    }

    StoredPayload payload(int hit) throws InterruptedException {
        return entry(hit).map(StoredImages::payload).orElse(StoredPayload.NONE);
    }

    @Override
    public List<Double> scores() {
        return hits.stream().map(hit -> (double) hit.score()).toList();
    }

    @Override
    public Optional<LocalFeatures> features(int candidate) throws InterruptedException {
        return payload(candidate).features();
    }

    private Optional<IndexEntry> entry(int hit) throws InterruptedException {
        if (hit < from || hit >= to) {
            from = hit;
            to = Math.min(hit + StoredImages.STEP, hits.size());
            step = read(hits.subList(from, to));
        }
        IndexEntry found = hits.get(hit).entry();
        return Optional.ofNullable(step.get(found.id())).filter(entry -> entry.version() == found.version());
    }

    private Map<String, IndexEntry> read(List<Hit> wanted) throws InterruptedException {
        List<String> ids = wanted.stream().map(hit -> hit.entry().id()).toList();
        Map<String, IndexEntry> entries = new HashMap<>();
        for (IndexEntry entry : collection.index().get(ids, Set.of(Part.PAYLOAD), deadline)) {
            entries.put(entry.id(), entry);
        }
        return entries;
    }
}
