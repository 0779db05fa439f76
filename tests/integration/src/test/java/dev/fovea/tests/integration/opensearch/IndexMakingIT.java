package dev.fovea.tests.integration.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.failure.Unavailable;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import dev.fovea.vectorindex.VectorStorage;
import dev.fovea.vectorindex.Written;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How an index of a collection comes to be, and what is refused at the door.
final class IndexMakingIT {

    private static OpenSearchEngine engine;

    @BeforeAll
    static void connect() throws InterruptedException {
        engine = SharedCluster.engine();
    }

    @AfterAll
    static void disconnect() {
        engine.close();
    }

    @Test
    void severalProcessesMakeTheSameIndexAtOnce() throws Exception {
        CollectionSpec spec = SharedCluster.collection();
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<Written>> writes = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                String id = "of-" + i;
                writes.add(processes.submit(() -> {
                    try (VectorIndexEngine own = SharedCluster.engine()) {
                        together.await();
                        try (VectorIndex index = own.open(spec)) {
                            return index.upsert(SharedCluster.entry(id, 1), SharedCluster.soon());
                        }
                    }
                }));
            }
        }

        for (Future<Written> write : writes) {
            assertThat(write.get().outcome()).isEqualTo(Written.Outcome.STORED);
        }
        try (VectorIndex index = engine.open(spec)) {
            assertThat(index.get(List.of("of-0", "of-1", "of-2", "of-3"), Set.of(), SharedCluster.soon()))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INT4", "BINARY"})
    void refusesStoragesThatTheClusterDoesNotHave(VectorStorage storage) {
        CollectionSpec spec = new CollectionSpec("compact", "gem@1", 16, storage, Map.of());

        assertThatThrownBy(() -> engine.open(spec))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining(storage.name())
                .hasMessageContaining("INT8");
    }

    @Test
    void refusesAnIndexWhoseWritesAreNotDurable() throws Exception {
        CollectionSpec spec = SharedCluster.collection();
        engine.open(spec).close();
        Http.put(
                SharedCluster.get().urls().getFirst().resolve("/fovea-" + spec.name() + "/_settings"),
                "{\"index.translog.durability\":\"async\"}");

        assertThatThrownBy(() -> engine.open(spec))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("index.translog.durability = async");
    }

    @Test
    void refusesAnIndexThatSomebodyElseMade() throws Exception {
        CollectionSpec spec = SharedCluster.collection();
        Http.put(SharedCluster.get().urls().getFirst().resolve("/fovea-" + spec.name()), "{}");

        assertThatThrownBy(() -> engine.open(spec))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("was not made by this program");
    }

    @Test
    void aDeletedIndexIsMadeAgainAndNotMadeUpByTheCluster() throws Exception {
        CollectionSpec spec = SharedCluster.collection(Map.of("number", FieldType.NUMBER));
        try (VectorIndex index = engine.open(spec)) {
            SharedCluster.get().ask("DELETE", "/fovea-" + spec.name());

            Written written = index.upsert(SharedCluster.entry("a", 1), SharedCluster.soon());

            assertThat(written.outcome()).isEqualTo(Written.Outcome.STORED);
            assertThat(SharedCluster.get().ask("GET", "/fovea-" + spec.name() + "/_mapping"))
                    .contains("knn_vector");
        }
    }

    @Test
    void opensWithoutAClusterAndSaysSo() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (VectorIndexEngine alone = SharedCluster.engine(List.of(nobody), SharedCluster.TWO_SHARDS_OF_TWO_COPIES);
                VectorIndex index = alone.open(SharedCluster.collection())) {
            assertThat(index.problem()).get().asString().contains("did not answer");
            assertThatThrownBy(() ->
                            index.upsert(SharedCluster.entry("a", 1), SharedCluster.within(Duration.ofSeconds(1))))
                    .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.code())
                            .isEqualTo("INDEX_UNAVAILABLE"));
        }
    }
}
