package dev.fovea.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.imaging.ImageSize;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.retrieval.rerank.PayloadCodec;
import dev.fovea.retrieval.rerank.StoredPayload;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorStorage;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteppedPayloadsTest {
    private static final ModelIdentity EMBEDDER = new ModelIdentity("colours", 1, "sha256:0");
    private static final Embedding VECTOR = Embedding.normalized(new float[] {1, 0});
    private static final int COUNT = 40;

    private final List<Integer> reads = new ArrayList<>();

    @Test
    void payloadsAreReadSixteenAtATimeWhenTheyAreNeeded(@TempDir Path folder) throws Exception {
        try (VectorIndex index = filled(folder)) {
            var payloads = new SteppedPayloads(collection(recording(index)), hits(), soon());

            assertThat(payloads.scores()).hasSize(COUNT);
            assertThat(reads).isEmpty();
            for (int i = 0; i < 17; i++) {
                assertThat(payloads.payload(i).thumbnail().get()).isEqualTo((byte) i);
            }
            assertThat(reads).containsExactly(16, 16);
            assertThat(payloads.whole(17).payload().hasRemaining()).isTrue();
            assertThat(reads).hasSize(2);
        }
    }

    @Test
    void anImageThatWasWrittenAgainOrDeletedHasNone(@TempDir Path folder) throws Exception {
        try (VectorIndex index = filled(folder)) {
            index.upsert(entry(0, 2), soon());
            index.delete(id(1), 2, soon());
            var payloads = new SteppedPayloads(collection(index), hits(), soon());

            assertThat(payloads.payload(0)).isEqualTo(StoredPayload.NONE);
            assertThat(payloads.payload(1)).isEqualTo(StoredPayload.NONE);
            assertThat(payloads.payload(2).thumbnail().get()).isEqualTo((byte) 2);
        }
    }

    @Test
    void stageOneReadsNoPayloadsWhereItsHitsAreReRanked(@TempDir Path folder) throws Exception {
        try (VectorIndex index = filled(folder)) {
            SearchPlan reranked = plan(index, RerankRequest.Mode.ON);
            SearchPlan plain = plan(index, RerankRequest.Mode.OFF);

            assertThat(reranked.reach().parts()).containsExactly(Part.VECTOR);
            assertThat(reranked.payloadsLater()).isTrue();
            assertThat(plain.reach().parts()).containsExactly(Part.VECTOR, Part.PAYLOAD);
            assertThat(plain.payloadsLater()).isFalse();
        }
    }

    private static SearchPlan plan(VectorIndex index, RerankRequest.Mode mode) {
        var query = new ImageQuery(
                "",
                new QuerySource.OfStored(id(0)),
                3,
                0,
                false,
                -1,
                Optional.empty(),
                Optional.empty(),
                new RerankRequest(mode, 0, 0, 0, 0),
                Set.of(StoredPart.EMBEDDING, StoredPart.THUMBNAIL));
        return SearchPlan.of(query, collection(index), RetrievalLimits.defaults(), RerankRules.defaults());
    }

    private static VectorIndex filled(Path folder) throws InterruptedException {
        VectorIndex index = new LuceneEngine(LuceneSettings.of(folder), Ticker.system(), InstantSource.system())
                .open(new CollectionSpec("images", EMBEDDER.toString(), 2, VectorStorage.FLOAT32, Map.of()));
        for (int i = 0; i < COUNT; i++) {
            index.upsert(entry(i, 1), soon());
        }
        return index;
    }

    /// Notes how many entries each read is of.
    private VectorIndex recording(VectorIndex index) {
        return (VectorIndex) Proxy.newProxyInstance(
                VectorIndex.class.getClassLoader(), new Class<?>[] {VectorIndex.class}, (_, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        reads.add(((List<?>) arguments[0]).size());
                    }
                    return method.invoke(index, arguments);
                });
    }

    private static List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            hits.add(new Hit(new IndexEntry(id(i), 1, VECTOR, Map.of(), ByteBuffer.allocate(0)), 1));
        }
        return hits;
    }

    private static IndexEntry entry(int i, long version) {
        var payload = new StoredPayload(new ImageSize(4, 3), Optional.empty(), ByteBuffer.wrap(new byte[] {(byte) i}));
        return new IndexEntry(id(i), version, VECTOR, Map.of(), PayloadCodec.encode(payload));
    }

    private static String id(int i) {
        return "image-" + i;
    }

    private static ImageCollection collection(VectorIndex index) {
        var settings = new CollectionSettings(
                "images",
                new ModelRef(EMBEDDER.name(), 0),
                Optional.of(new ModelRef("patches", 0)),
                VectorStorage.FLOAT32,
                Map.of(),
                new StageTwoSettings(false, 400, 320));
        return new ImageCollection(settings, EMBEDDER, index);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1), Ticker.system());
    }
}
