package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.kafka.AnsweringModel;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.proto.v1.PatchDescriptionResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that keep what they answer, before a real broker in its own process.
@SuppressWarnings("NullAway.Init") // JUnit calls startBroker first
class DurableFirstIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker(@TempDir Path folder) throws Exception {
        broker = BrokerProcess.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void noOffsetMovesAndNothingIsPublishedBeforeWritesAreDurable() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "durable");
        scene.send(0, 60, _ -> false);
        KeepingService service = new KeepingService();
        service.diskIsFull.set(true);

        try (EventConsumer consumer = ExactlyOnceIT.started(scene.settings("a"), service)) {
            ExactlyOnceIT.await(() -> service.refusals.get() >= 3);

            assertThat(service.written).hasSize(60);
            assertThat(committedOffsets(scene)).isZero();
            assertThat(scene.read(scene.results(), 0, LIMIT)).isEmpty();
            assertThat(consumer.state().lastFailure()).get().asString().contains("not durable", "the disk is full");

            service.diskIsFull.set(false);
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 60, _ -> true);
            assertThat(consumer.state().lastFailure()).isEmpty();
        }
        assertThat(committedOffsets(scene)).isEqualTo(60);
        assertThat(service.answers).as("nothing is worked on again").hasValue(60);
    }

    @Test
    void whateverIsCommittedWhenAConsumerLeavesIsDurable() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "leaving");
        scene.send(0, 500, _ -> false);
        KeepingService service = new KeepingService();

        try (EventConsumer _ = ExactlyOnceIT.started(scene.settings("a"), service)) {
            scene.readUntil(scene.results(), 100, LIMIT);
        }

        assertThat(committedOffsets(scene)).isGreaterThanOrEqualTo(100).isLessThanOrEqualTo(service.durable.size());
        assertThat(scene.read(scene.results(), 100, LIMIT))
                .extracting(KafkaScene::number)
                .isSubsetOf(service.durable);
    }

    /// The events consumed, of all partitions: they were sent without transactions, so offsets have no holes.
    private static long committedOffsets(KafkaScene scene) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.bootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets(scene.settings("a").worker().groupId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    /// Keeps the number of every event, and only if asked where it survives.
    private static final class KeepingService implements EventListener<ImageEvent> {

        private final Set<Integer> written = ConcurrentHashMap.newKeySet();
        private final Set<Integer> durable = ConcurrentHashMap.newKeySet();
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger refusals = new AtomicInteger();
        private final AtomicBoolean diskIsFull = new AtomicBoolean();

        @Override
        public EventAnswer onEvent(ImageEvent event, Deadline deadline) {
            answers.incrementAndGet();
            int number = ((ImageSource.Content) event.source()).bytes().getInt();
            written.add(number);
            return new EventAnswer(
                    "dev.fovea.test.v1",
                    PatchDescriptionResult.newBuilder()
                            .setImageId(event.id())
                            .setImageWidth(number)
                            .build(),
                    new AnsweringModel("keeper", 1, "sha256:" + "0".repeat(64)));
        }

        @Override
        public void makeDurable(Deadline deadline) {
            if (diskIsFull.get()) {
                refusals.incrementAndGet();
                throw new Unavailable("INDEX_UNAVAILABLE", "the disk is full");
            }
            durable.addAll(written);
        }
    }
}
