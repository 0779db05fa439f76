package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.EmbeddingResult;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.WriteOutcome;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.tests.support.ServiceProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service on a cluster of three nodes, of which the manager is killed while images stream, calls write
/// and searches run.
class DistributedEngineIT {

    private static final int NODES = 3;
    private static final int PARTITIONS = 3;
    private static final int EVENTS = 600;
    private static final int WRITES = 100;
    private static final long SEED = 20_261_121L;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String REPLAYED = "fovea.embeddings-replayed";

    @Test
    void theLossOfTheManagerLosesNothingAndReplaysChangeNothing(@TempDir Path folder) throws Exception {
        Path nodes = Files.createDirectory(folder.resolve("opensearch"));
        try (OpenSearchCluster cluster = OpenSearchCluster.start(nodes, NODES, Map.of());
                ServiceRun run = ServiceRun.start(new RetrievalUnderTest(settings(cluster)), folder, PARTITIONS);
                var results = new CommittedRecords(
                        run.bootstrapServers(),
                        run.topics().results(),
                        run.topics().deadLetters())) {
            // When
            var retrieval = new Retrieval(run.channel());
            var writer = new AcknowledgedWrites(
                    retrieval, "writer", retrieval.collection().getDimension());
            var searches = new RepeatedSearches(retrieval);
            killTheManagerDuring(run, cluster, results, writer, searches);
            results.awaitQuiet();

            // Then
            var promises = new Promises(TopicModel.of(
                    CommittedRecords.all(run.bootstrapServers(), run.topics().images())));
            promises.assertAnsweredOnceIn(results.records(), run.topics().results());
            List<StoredImage> stored = retrieval.everything();
            promises.assertKeptBy(ofEvents(stored), retrieval);
            assertThat(writer.assertKept(stored.stream().collect(Collectors.toMap(StoredImage::getId, i -> i))))
                    .isPositive();
            assertThat(searches.answeredAfterTheLoss())
                    .as("searches after the loss")
                    .isPositive();
            assertThat(replay(run)).doesNotContain(WriteOutcome.WRITE_OUTCOME_STORED);
            assertThat(retrieval.everything()).as("after a replay").isEqualTo(stored);
        }
    }

    private static void killTheManagerDuring(
            ServiceRun run,
            OpenSearchCluster cluster,
            CommittedRecords results,
            AcknowledgedWrites writer,
            RepeatedSearches searches)
            throws Exception {
        var stream = new ImageStream(SEED);
        Sender sender = run.sender();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> traffic = List.of(threads.submit(writer), threads.submit(searches));
            try {
                stream.sendUpTo(EVENTS * 2 / 3, sender);
                results.await(EVENTS / 3, LIMIT);
                cluster.kill(cluster.manager());
                searches.managerIsLost();
                int before = writer.acknowledged();
                stream.sendUpTo(EVENTS, sender);
                sender.finish();
                results.await(EVENTS, LIMIT);
                while (writer.acknowledged() < before + WRITES) {
                    Thread.sleep(10);
                }
            } finally {
                writer.stop();
                searches.stop();
            }
            for (Future<?> each : traffic) {
                each.get();
            }
        }
    }

    /// Everything again, by another group.
    private static List<WriteOutcome> replay(ServiceRun run) throws Exception {
        run.createTopic(REPLAYED);
        Map<String, String> another = Map.of("fovea.kafka.group", "replayed", "fovea.kafka.topics.results", REPLAYED);
        try (ServiceProcess _ = run.another("replayed", another);
                var results = new CommittedRecords(run.bootstrapServers(), REPLAYED)) {
            results.await(EVENTS, LIMIT);
            List<WriteOutcome> outcomes = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : results.records()) {
                outcomes.add(EmbeddingResult.parseFrom(record.value()).getOutcome());
            }
            return outcomes;
        }
    }

    private static List<StoredImage> ofEvents(List<StoredImage> stored) {
        return stored.stream()
                .filter(image -> !image.getId().startsWith("writer"))
                .toList();
    }

    private static Map<String, String> settings(OpenSearchCluster cluster) {
        Map<String, String> settings = new HashMap<>(TopicModel.SETTINGS);
        settings.put("fovea.retrieval.engine", "opensearch");
        settings.put(
                "fovea.retrieval.opensearch.urls",
                cluster.urls().stream().map(URI::toString).collect(Collectors.joining(",")));
        return settings;
    }
}
