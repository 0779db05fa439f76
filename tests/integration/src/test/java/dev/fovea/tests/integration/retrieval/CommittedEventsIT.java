package dev.fovea.tests.integration.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.StoredImage;
import dev.fovea.tests.contract.service.Sender;
import dev.fovea.tests.contract.service.ServiceRun;
import dev.fovea.tests.support.ServiceProcess;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Crashes in the middle of a stream of images, and what the index holds after them: what was committed, and
/// nothing else.
///
/// The long form is `-Dfovea.crash.events=20000 -Dfovea.crash.kills=50`.
class CommittedEventsIT {

    private static final int EVENTS = Integer.getInteger("fovea.crash.events", 2_400);
    private static final int KILLS = Integer.getInteger("fovea.crash.kills", 10);
    private static final long SEED = Long.getLong("fovea.crash.seed", 20_261_121L);
    private static final int PARTITIONS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String REBUILT = "fovea.embeddings-rebuilt";

    private final RetrievalUnderTest service = new RetrievalUnderTest(TopicModel.SETTINGS);

    @Test
    void theIndexHoldsExactlyTheImagesOfCommittedEventsThroughCrashes(@TempDir Path folder) throws Exception {
        try (ServiceRun run = ServiceRun.start(service, folder, PARTITIONS);
                var results = new CommittedRecords(
                        run.bootstrapServers(),
                        run.topics().results(),
                        run.topics().deadLetters())) {
            // When
            killDuring(run, results);
            results.await(EVENTS, LIMIT);
            results.awaitQuiet();

            // Then
            var promises = new Promises(TopicModel.of(
                    CommittedRecords.all(run.bootstrapServers(), run.topics().images())));
            var retrieval = new Retrieval(run.channel());
            List<StoredImage> stored = retrieval.everything();
            promises.assertKeptBy(stored, retrieval);
            promises.assertAnsweredOnceIn(results.records(), service.results());
            assertThat(retrieval.collection().getImages()).isEqualTo(stored.size());
            assertThat(rebuilt(run)).as("an index rebuilt from the topic").isEqualTo(stored);
        }
    }

    /// Each kill strikes at a random moment of its share of the events, while those of the next share wait.
    private static void killDuring(ServiceRun run, CommittedRecords results) throws Exception {
        var stream = new ImageStream(SEED);
        Random random = new Random(SEED);
        Sender sender = run.sender();
        int share = EVENTS / (KILLS + 1);
        for (int kill = 0; kill < KILLS; kill++) {
            stream.sendUpTo((kill + 2) * share, sender);
            results.await(kill * share + random.nextInt(share), LIMIT);
            run.process().kill();
            run.process().relaunch();
        }
        stream.sendUpTo(EVENTS, sender);
        sender.finish();
        run.process().awaitReady();
    }

    /// What a process of another group makes of the same topic, in an empty folder.
    private static List<StoredImage> rebuilt(ServiceRun run) throws Exception {
        run.createTopic(REBUILT);
        Map<String, String> another = Map.of("fovea.kafka.group", "rebuilt", "fovea.kafka.topics.results", REBUILT);
        try (ServiceProcess process = run.another("rebuilt", another);
                var results = new CommittedRecords(run.bootstrapServers(), REBUILT)) {
            results.await(EVENTS, LIMIT);
            ManagedChannel channel = ManagedChannelBuilder.forAddress("localhost", process.grpcPort())
                    .usePlaintext()
                    .maxInboundMessageSize(64 << 20)
                    .build();
            try {
                return new Retrieval(channel).everything();
            } finally {
                channel.shutdownNow();
            }
        }
    }
}
