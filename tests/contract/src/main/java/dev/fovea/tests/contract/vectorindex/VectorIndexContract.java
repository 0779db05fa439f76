package dev.fovea.tests.contract.vectorindex;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.ScanPage;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.VectorStorage;
import dev.fovea.vectorindex.Written;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/// What the parts of the kit share. Every test opens a collection whose name was never used before, so an
/// engine may be shared by all of them; the kit closes the collections, its subject the engine.
public abstract class VectorIndexContract {

    /// Fields that the kit's collections declare.
    static final Map<String, FieldType> FIELDS =
            Map.of("place", FieldType.TEXT, "year", FieldType.NUMBER, "taken", FieldType.TIME);

    static final Set<Part> ALL_PARTS = Set.of(Part.VECTOR, Part.PAYLOAD);

    private static final int WRITERS = 16;
    private static final String EMBEDDER = "kit@1 sha256:0123";

    private final List<VectorIndex> opened = new ArrayList<>();

    /// Opens collections for the whole class.
    protected abstract VectorIndexEngine engine();

    /// Storages that the engine offers; the first is what most tests use.
    protected List<VectorStorage> storages() {
        return List.of(VectorStorage.values());
    }

    /// For every call of the kit: long enough for a loaded machine.
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }

    @AfterEach
    void closeCollections() {
        opened.forEach(VectorIndex::close);
        opened.clear();
    }

    Deadline soon() {
        return Deadline.after(patience(), Ticker.system());
    }

    CollectionSpec spec(int dimension) {
        return spec(dimension, storages().getFirst());
    }

    static CollectionSpec spec(int dimension, VectorStorage storage) {
        String name = "kit-" + UUID.randomUUID().toString().substring(0, 13);
        return new CollectionSpec(name, EMBEDDER, dimension, storage, FIELDS);
    }

    VectorIndex open(CollectionSpec spec) {
        VectorIndex index = engine().open(spec);
        opened.add(index);
        return index;
    }

    VectorIndex open() {
        return open(spec(2));
    }

    VectorIndex reopen(VectorIndex index) {
        return reopen(index, index.spec());
    }

    VectorIndex reopen(VectorIndex index, CollectionSpec spec) {
        index.close();
        opened.remove(index);
        return open(spec);
    }

    Written put(VectorIndex index, IndexEntry entry) throws InterruptedException {
        return index.upsert(entry, soon());
    }

    Written put(VectorIndex index, String id, long version, float... vector) throws InterruptedException {
        return put(index, entry(id, version, vector));
    }

    /// By several threads, as services write.
    void putAll(VectorIndex index, List<IndexEntry> entries) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Written>> written = entries.stream()
                    .map(entry -> threads.submit(() -> put(index, entry)))
                    .toList();
            for (Future<Written> each : written) {
                each.get();
            }
        }
    }

    Written delete(VectorIndex index, String id, long version) throws InterruptedException {
        return index.delete(id, version, soon());
    }

    List<IndexEntry> get(VectorIndex index, String... ids) throws InterruptedException {
        return index.get(List.of(ids), ALL_PARTS, soon());
    }

    List<Hit> search(VectorIndex index, VectorQuery query) throws InterruptedException {
        return index.search(query, soon());
    }

    /// Ids of all that searches see, by an exact search.
    List<String> visible(VectorIndex index, Optional<Filter> filter) throws InterruptedException {
        float[] vector = new float[index.spec().dimension()];
        vector[0] = 1;
        var query = new VectorQuery(Embedding.ofUnitNorm(vector), 1000, 1000, true, -2, filter, Set.of());
        return search(index, query).stream()
                .map(hit -> hit.entry().id())
                .sorted()
                .toList();
    }

    List<IndexEntry> scanAll(VectorIndex index, int limit, Optional<Filter> filter) throws InterruptedException {
        List<IndexEntry> all = new ArrayList<>();
        ScanPage page = index.scan(Optional.empty(), limit, filter, ALL_PARTS, soon());
        all.addAll(page.entries());
        while (page.next().isPresent()) {
            page = index.scan(page.next(), limit, filter, ALL_PARTS, soon());
            all.addAll(page.entries());
        }
        return all;
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(call)
                .extracting(InvalidInput::code)
                .isEqualTo(code);
    }

    static VectorQuery near(float... vector) {
        return new VectorQuery(Embedding.normalized(vector), 10, 50, false, -2, Optional.empty(), Set.of());
    }

    static VectorQuery exact(VectorQuery query) {
        return new VectorQuery(
                query.vector(), query.k(), query.candidates(), true, query.minScore(), query.filter(), query.parts());
    }

    static VectorQuery filtered(VectorQuery query, Filter filter) {
        return new VectorQuery(
                query.vector(),
                query.k(),
                query.candidates(),
                query.exact(),
                query.minScore(),
                Optional.of(filter),
                query.parts());
    }

    static IndexEntry entry(String id, long version, float... vector) {
        return new IndexEntry(id, version, Embedding.normalized(vector), Map.of(), ByteBuffer.allocate(0));
    }

    static IndexEntry with(IndexEntry entry, Map<String, MetadataValue> metadata) {
        return new IndexEntry(entry.id(), entry.version(), entry.vector(), metadata, entry.payload());
    }

    static IndexEntry with(IndexEntry entry, String payload) {
        var bytes = ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8));
        return new IndexEntry(entry.id(), entry.version(), entry.vector(), entry.metadata(), bytes);
    }

    static String payload(IndexEntry entry) {
        return StandardCharsets.UTF_8.decode(entry.payload().duplicate()).toString();
    }

    static MetadataValue text(String text) {
        return new MetadataValue.OfText(text);
    }

    static MetadataValue number(double number) {
        return new MetadataValue.OfNumber(number);
    }

    static MetadataValue time(String instant) {
        return new MetadataValue.OfTime(Instant.parse(instant));
    }
}
