package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the engine's own tests share: a collection of two dimensions, and entries that differ by their number.
final class Fixture {

    static final CollectionSpec SPEC = new CollectionSpec(
            "images", "gem@1 sha256:0123", 2, VectorStorage.FLOAT32, Map.of("year", FieldType.NUMBER));

    private Fixture() {}

    static LuceneVectorIndex open(Path root) {
        return open(root, SPEC);
    }

    static LuceneVectorIndex open(Path root, CollectionSpec spec) {
        return open(LuceneSettings.of(root), spec, InstantSource.system());
    }

    static LuceneVectorIndex open(LuceneSettings settings, CollectionSpec spec, InstantSource clock) {
        return new LuceneEngine(settings, Ticker.system(), clock).open(spec);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(60), Ticker.system());
    }

    static IndexEntry entry(int number) {
        return entry("id-" + number, number + 1L, number);
    }

    static IndexEntry entry(String id, long version, int number) {
        return new IndexEntry(
                id,
                version,
                Embedding.normalized(new float[] {1, number}),
                Map.of("year", new MetadataValue.OfNumber(number)),
                ByteBuffer.wrap(new byte[] {(byte) number, 1, 2}));
    }

    static void put(VectorIndex index, int number) throws InterruptedException {
        index.upsert(entry(number), soon());
    }

    static List<IndexEntry> all(VectorIndex index) throws InterruptedException {
        List<IndexEntry> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            var page = index.scan(next, 1000, Optional.empty(), Set.of(Part.values()), soon());
            all.addAll(page.entries());
            next = page.next();
        } while (next.isPresent());
        return all;
    }
}
