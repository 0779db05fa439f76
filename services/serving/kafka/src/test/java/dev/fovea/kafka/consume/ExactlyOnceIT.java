package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.local.broker.BrokerProcess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise of exactly once, kept before a real broker in its own process.
@SuppressWarnings("NullAway.Init") // JUnit calls startBroker first
class ExactlyOnceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Path folder;
    private static BrokerProcess broker;

    @BeforeAll
    static void startBroker(@TempDir Path temporary) throws Exception {
        folder = temporary;
        broker = BrokerProcess.start(temporary);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void everyEventGivesOneResultInOrderPerKeyOrOneDeadLetter() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "steady");
        scene.send(0, 3000, number -> number % 100 == 7);

        try (EventConsumer _ = started(scene.settings("a"), new NumberingService(5))) {
            assertResultsOnceAndInOrder(scene, 3000, number -> number % 100 != 7);
        }

        List<ConsumerRecord<byte[], byte[]>> letters = scene.read(scene.deadLetters(), 30, LIMIT);
        assertThat(letters)
                .extracting(letter -> ByteBuffer.wrap(letter.value()).getInt())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 30).mapToObj(i -> i * 100 + 7).toList());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(header(letter, "sender")).isEqualTo("scene");
            assertThat(header(letter, "dead-letter-code")).isEqualTo("EVENT_MALFORMED");
            assertThat(header(letter, "dead-letter-topic")).isEqualTo(scene.images());
            assertThat(new String(letter.key(), StandardCharsets.UTF_8))
                    .isEqualTo(KafkaScene.key(ByteBuffer.wrap(letter.value()).getInt()));
        });
    }

    @Test
    void consumersThatJoinAndLeaveNeitherLoseNorRepeat() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "moving");
        scene.send(0, 2000, _ -> false);
        NumberingService slow = new NumberingService(200);
        KafkaSettings.InFlight little = new KafkaSettings.InFlight(64, 64 << 20);

        EventConsumer first = started(scene.settings("a").withInFlight(little), slow);
        awaitAttempts(slow, 200);
        try (EventConsumer second = started(scene.settings("b").withInFlight(little), slow)) {
            awaitAssigned(second);
            scene.send(2000, 4000, _ -> false);
            awaitAttempts(slow, 1200);
            assertThat(first.drain(Deadline.after(LIMIT, Ticker.system()))).isTrue();
            first.close();
            assertThat(first.state().phase()).isEqualTo(ConsumerState.Phase.STOPPED);
            try (EventConsumer _ = started(scene.settings("c").withInFlight(little), new NumberingService(5))) {
                assertResultsOnceAndInOrder(scene, 4000, _ -> true);
            }
        }
    }

    @Test
    void aBrokerThatGoesAndComesBackCostsNothing() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "outage");
        scene.send(0, 2000, _ -> false);
        NumberingService service = new NumberingService(100);

        try (EventConsumer consumer =
                started(scene.settings("a").withInFlight(new KafkaSettings.InFlight(64, 64 << 20)), service)) {
            awaitAttempts(service, 500);
            broker.stop();
            broker.restart();
            scene.send(2000, 3000, _ -> false);
            assertResultsOnceAndInOrder(scene, 3000, _ -> true);
            assertThat(consumer.state().phase()).isEqualTo(ConsumerState.Phase.RUNNING);
        }
    }

    @Test
    void aConsumerKilledInMidTransactionIsTakenOverWithoutATrace() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "killed");
        scene.send(0, 3000, number -> number % 100 == 7);
        for (int kill = 0; kill < 2; kill++) {
            try (ConsumerProgram.Child child = ConsumerProgram.start(scene, folder.resolve("child-" + kill + ".log"))) {
                child.awaitResults(500 * (kill + 1));
            }
        }

        try (EventConsumer _ = started(scene.settings("a"), new NumberingService(5))) {
            assertResultsOnceAndInOrder(scene, 3000, number -> number % 100 != 7);
        }
        assertThat(scene.read(scene.deadLetters(), 30, LIMIT)).hasSize(30);
    }

    static EventConsumer started(KafkaSettings settings, EventListener<ImageEvent> listener) {
        EventConsumer consumer =
                new EventConsumer(settings, new ImageForm(), listener, ConsumerMetrics.NONE, Ticker.system());
        consumer.start();
        return consumer;
    }

    static void assertResultsOnceAndInOrder(KafkaScene scene, int events, IntPredicate answered) {
        List<Integer> expected =
                IntStream.range(0, events).filter(answered).boxed().toList();
        List<ConsumerRecord<byte[], byte[]>> results = scene.read(scene.results(), expected.size(), LIMIT);
        assertThat(results).extracting(KafkaScene::number).containsExactlyInAnyOrderElementsOf(expected);
        Map<String, Integer> last = new HashMap<>();
        assertThat(results).allSatisfy(result -> {
            String key = new String(result.key(), StandardCharsets.UTF_8);
            int number = KafkaScene.number(result);
            assertThat(key).isEqualTo(KafkaScene.key(number));
            Integer before = last.put(key, number);
            assertThat(before == null || before < number)
                    .as("event %s of %s comes after %s", number, key, before)
                    .isTrue();
        });
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void awaitAttempts(NumberingService service, int attempts) throws InterruptedException {
        await(() -> service.attempts.get() >= attempts);
    }

    private static void awaitAssigned(EventConsumer consumer) throws InterruptedException {
        await(() -> !consumer.state().assigned().isEmpty());
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", LIMIT).isLessThan(end);
            Thread.sleep(10);
        }
    }
}
