package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.GetRequest;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.retrieval.wire.EmbeddingMapping;
import dev.fovea.tests.service.BuiltRepository;
import dev.fovea.tests.service.CallLoad;
import dev.fovea.tests.support.ServiceProcess;
import dev.fovea.vectorindex.Embedding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the process refuses to start, and how it ends.
class StartAndStopIT {
    private static final int CALLERS = 12;
    private static final int DIMENSION = 128;
    private static final Vectors VECTOR = vector();

    private final Path folder;

    StartAndStopIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void badConfigurationEndsTheProcessWithEveryProblemAtOnce() throws Exception {
        String said = refusal(configuration(Map.of(
                "fovea.retrieval.max-k", "0",
                "fovea.retrieval.engine", "faiss",
                "fovea.retrieval.collections.images.storage", "int2",
                "fovea.retrieval.lucene.refrsh", "1s")));

        assertThat(said)
                .contains("4 problems")
                .contains("fovea.retrieval.max-k = 0 is outside 1 to 10000 images (default: 1000)")
                .contains("fovea.retrieval.engine = faiss is none of lucene, opensearch")
                .contains("int2 is none of float32, int8, int4, binary")
                .contains("fovea.retrieval.lucene.refrsh is not a key; did you mean fovea.retrieval.lucene.refresh?")
                .doesNotContain("\tat ");
    }

    @Test
    void contradictionsEndTheProcess() throws Exception {
        String said = refusal(configuration(Map.of("fovea.retrieval.collections.images.rerank", "true")));

        assertThat(said).contains("1 problem").contains("fovea.retrieval.collections.\"images\".rerank = true needs");
    }

    @Test
    void anIndexOfAnotherModelIsRefused() throws Exception {
        // Given
        try (var service = Retrieval.start(folder.resolve("service.log"), configuration(Map.of()))) {
            service.process().terminate();
        }
        Path other = BuiltRepository.in(folder.resolve("other"), Retrieval.EMBEDDER, "--version", "2");

        // When
        String said = refusal(configuration(Map.of("fovea.models.repository", other.toString())));

        // Then
        assertThat(said)
                .contains(folder.resolve("index").toString())
                .contains(Retrieval.EMBEDDER + "/1@sha256:")
                .contains(Retrieval.EMBEDDER + "/2@sha256:")
                .contains("new collection");
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefused() throws Exception {
        try (var first = Retrieval.start(folder.resolve("service.log"), configuration(Map.of()))) {
            String said = refusal(configuration(Map.of()));

            assertThat(said)
                    .contains("another process writes to the index in " + folder.resolve("index"))
                    .contains(Long.toString(first.process().process().pid()))
                    .contains("stop it, or give this one a folder of its own");
            first.store("a", 1);
        }
    }

    @Test
    void withoutItsClusterTheProcessIsUpAndSaysWhyItIsNotReady() throws Exception {
        Map<String, String> cluster =
                Map.of("fovea.retrieval.engine", "opensearch", "fovea.retrieval.opensearch.urls", "http://localhost:1");
        try (ServiceProcess service = Retrieval.launch(folder.resolve("service.log"), configuration(cluster))) {
            while (service.status("/q/health/live") != 200
                    || !service.get("/q/health/ready").body().contains("localhost:1")) {
                assertThat(service.process().isAlive()).as(service.tail()).isTrue();
                TimeUnit.MILLISECONDS.sleep(200);
            }

            assertThat(service.status("/q/health/ready")).isEqualTo(503);
            assertThat(service.status("/q/health/live")).isEqualTo(200);
            assertThat(service.terminate()).isEqualTo(143);
        }
    }

    /// The index closes after the last call and before the process ends.
    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsAskedToEnd() throws Exception {
        // Given
        Path log = folder.resolve("service.log");
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        var next = new AtomicInteger();
        try (var service = Retrieval.start(log, configuration(Map.of()));
                var load = new CallLoad(service.process().grpcPort(), CALLERS, channel -> {
                    String id = "image-" + next.getAndIncrement();
                    Retrieval.client(channel)
                            .upsert(UpsertRequest.newBuilder()
                                    .setId(id)
                                    .setEmbedding(VECTOR)
                                    .build());
                    acknowledged.add(id);
                })) {
            load.awaitAnswers(200);

            // When
            int status = service.process().terminate();

            // Then
            assertThat(status).isEqualTo(143);
            assertThat(load.lastWords())
                    .hasSize(CALLERS)
                    .allSatisfy(end -> assertThat(end).startsWith("UNAVAILABLE").contains("shutting down"));
            assertThat(Files.readString(log))
                    .containsSubsequence(
                            "draining: readiness is off",
                            "draining: Kafka is paused, gRPC refuses new calls",
                            "drained: sessions are closed",
                            Retrieval.SERVICE + " stopped")
                    .doesNotContain("ERROR");
        }
        try (var service = Retrieval.start(folder.resolve("again.log"), configuration(Map.of()))) {
            assertThat(stored(service, List.copyOf(acknowledged))).containsExactlyElementsOf(acknowledged);
        }
    }

    private static List<String> stored(Retrieval service, List<String> ids) {
        List<String> found = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += 256) {
            service.client()
                    .get(GetRequest.newBuilder()
                            .addAllIds(ids.subList(from, Math.min(from + 256, ids.size())))
                            .build())
                    .getImagesList()
                    .forEach(image -> found.add(image.getId()));
        }
        return found;
    }

    private static Vectors vector() {
        float[] values = new float[DIMENSION];
        Arrays.fill(values, 1);
        return EmbeddingMapping.message(Embedding.normalized(values));
    }

    private Map<String, String> configuration(Map<String, String> more) {
        return Retrieval.configuration(folder, more);
    }

    private String refusal(Map<String, String> configuration) throws Exception {
        return ServiceProcess.refusal(Retrieval.SERVICE, folder.resolve("refusal.log"), configuration);
    }
}
