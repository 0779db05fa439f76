package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.ImageSource;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.EventAnswer;
import dev.fovea.kafka.ImageEvent;
import dev.fovea.kafka.KafkaSettings;
import dev.fovea.kafka.ResultFormat;
import dev.fovea.kafka.form.ImageForm;
import dev.fovea.local.broker.BrokerProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that refuse, fail and hang, before a real broker in its own process.
@SuppressWarnings("NullAway.Init") // JUnit calls startBroker first
class BackPressureIT {

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
    void anOverloadedServiceGetsEveryEventInTheEndAndFewTwice() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "overloaded");
        scene.send(0, 2000, _ -> false);
        Counts counts = new Counts();
        NumberingService service = new NarrowService(8);

        try (EventConsumer consumer = new EventConsumer(
                scene.settings("a").withInFlight(new KafkaSettings.InFlight(100, 64 << 20)),
                new ImageForm(),
                service,
                counts,
                Ticker.system())) {
            consumer.start();
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 2000, _ -> true);
        }

        assertThat(counts.paused).isPositive();
        assertThat(counts.mostInFlight).isLessThanOrEqualTo(100);
        assertThat(counts.retried).hasPositiveValue();
        assertThat(counts.deadLetters).hasValue(0);
        // Every event once, and a refusal now and then to learn whether there is room again.
        assertThat(service.attempts.get()).isLessThan(3000);
    }

    @Test
    void aSlowServiceGetsEveryEventInTheEndThoughAWindowOfThemTakesLongerThanADeadline() throws Exception {
        // Given: two seconds' work at once for those with half a second
        KafkaScene scene = KafkaScene.on(broker, "slow");
        scene.send(0, 300, _ -> false);
        KafkaSettings settings = scene.settings("a")
                .withInFlight(new KafkaSettings.InFlight(200, 64 << 20))
                .withTiming(new KafkaSettings.Timing(Duration.ofMillis(500), Duration.ofSeconds(10)));

        // When
        try (EventConsumer _ = ExactlyOnceIT.started(settings, new SlowService())) {
            // Then
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 300, _ -> true);
        }
    }

    @Test
    void anUnavailableServiceCostsNoEventAndNoAttempt() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "unavailable");
        scene.send(0, 500, _ -> false);
        AtomicBoolean loaded = new AtomicBoolean();
        NumberingService service = new NumberingService(2) {
            @Override
            EventAnswer answer(ImageEvent event, int number) throws InterruptedException {
                if (!loaded.get()) {
                    throw new Unavailable("LOADING", "the model is loading");
                }
                return super.answer(event, number);
            }
        };

        try (EventConsumer consumer = ExactlyOnceIT.started(scene.settings("a"), service)) {
            ExactlyOnceIT.await(
                    () -> service.attempts.get() > 100 && consumer.state().paused());
            loaded.set(true);
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 500, _ -> true);
        }
    }

    @Test
    void whatFailsAgainAndAgainBecomesADeadLetterAfterItsAttempts() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "failing");
        scene.send(0, 300, _ -> false);
        NumberingService service = new NumberingService(2) {
            @Override
            EventAnswer answer(ImageEvent event, int number) throws InterruptedException {
                if (number == 50) {
                    throw new ModelFailed("not a number", new IllegalStateException("NaN"));
                }
                if (number == 60) {
                    throw new IllegalStateException("a defect");
                }
                return super.answer(event, number);
            }
        };

        List<ConsumerRecord<byte[], byte[]>> letters;
        try (EventConsumer _ = ExactlyOnceIT.started(scene.settings("a"), service)) {
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 300, number -> number != 50 && number != 60);
            letters = scene.read(scene.deadLetters(), 2, LIMIT);
        }

        assertThat(letters)
                .extracting(
                        letter -> ByteBuffer.wrap(letter.value()).getInt(),
                        letter -> ExactlyOnceIT.header(letter, "dead-letter-code"),
                        letter -> ExactlyOnceIT.header(letter, "dead-letter-attempts"),
                        letter -> ExactlyOnceIT.header(letter, "dead-letter-model"))
                .containsExactlyInAnyOrder(
                        tuple(50, "MODEL_FAILED", "3", NumberingService.MODEL.label()),
                        tuple(60, "UNEXPECTED_FAILURE", "3", NumberingService.MODEL.label()));
        assertThat(service.attempts.get()).isEqualTo(298 + 2 * 3);
    }

    @Test
    void atLeastOnceLosesNothingAndKeepsTheOrder() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "at-least-once");
        scene.send(0, 2000, _ -> false);
        KafkaSettings settings = scene.settings("a")
                .withPublishing(new KafkaSettings.Publishing(
                        Delivery.AT_LEAST_ONCE, ResultFormat.PROTOBUF, Duration.ofMillis(50), 20 << 20));

        try (EventConsumer consumer = ExactlyOnceIT.started(settings, new NumberingService(5))) {
            // Nothing crashes here, so at least once is once.
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 2000, _ -> true);
            assertThat(consumer.drain(Deadline.after(LIMIT, Ticker.system()))).isTrue();
            assertThat(consumer.state().phase()).isEqualTo(ConsumerState.Phase.DRAINING);
        }
    }

    @Test
    void closingInterruptsWhatHangsAndTheNextConsumerGetsIt() throws Exception {
        KafkaScene scene = KafkaScene.on(broker, "hanging");
        scene.send(0, 100, _ -> false);
        AtomicInteger interrupted = new AtomicInteger();
        NumberingService hanging = new NumberingService(0) {
            @Override
            EventAnswer answer(ImageEvent event, int number) throws InterruptedException {
                try {
                    new Semaphore(0).acquire();
                    throw new AssertionError("nobody releases it");
                } catch (InterruptedException closing) {
                    interrupted.incrementAndGet();
                    throw closing;
                }
            }
        };

        try (EventConsumer consumer = ExactlyOnceIT.started(scene.settings("a"), hanging)) {
            ExactlyOnceIT.await(() -> hanging.attempts.get() == 100);
            assertThat(consumer.state().inFlightRecords()).isEqualTo(100);
        }
        ExactlyOnceIT.await(() -> interrupted.get() == 100);
        try (EventConsumer _ = ExactlyOnceIT.started(scene.settings("a"), new NumberingService(0))) {
            ExactlyOnceIT.assertResultsOnceAndInOrder(scene, 100, _ -> true);
        }
    }

    /// Answers a few events at once and refuses the others, as a full queue does.
    private static final class NarrowService extends NumberingService {

        private final Semaphore room;

        private NarrowService(int room) {
            super(4);
            this.room = new Semaphore(room);
        }

        @Override
        public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
            attempts.incrementAndGet();
            if (!room.tryAcquire()) {
                throw new Overloaded("QUEUE_FULL", "the queue is full", 9, 8, Duration.ofMillis(20));
            }
            try {
                return answer(
                        event, ((ImageSource.Content) event.source()).bytes().getInt());
            } finally {
                room.release();
            }
        }
    }

    /// Answers one event at a time, in ten milliseconds; the others wait until their deadline.
    private static final class SlowService extends NumberingService {

        private final Semaphore one = new Semaphore(1, true);

        private SlowService() {
            super(0);
        }

        @Override
        public EventAnswer onEvent(ImageEvent event, Deadline deadline) throws InterruptedException {
            if (!one.tryAcquire(deadline.remainingNanos(Ticker.system()), TimeUnit.NANOSECONDS)) {
                throw new DeadlineExceeded("the deadline passed while waiting");
            }
            try {
                Thread.sleep(10);
                return super.onEvent(event, deadline);
            } finally {
                one.release();
            }
        }
    }

    /// Written by the consumer's thread, read after its end.
    private static final class Counts implements ConsumerMetrics {

        private int paused;
        private int mostInFlight;
        private final AtomicInteger retried = new AtomicInteger();
        private final AtomicInteger deadLetters = new AtomicInteger();

        @Override
        public void consumed(long sizeBytes) {}

        @Override
        public void published(Duration latency) {}

        @Override
        public void deadLettered(String code) {
            deadLetters.incrementAndGet();
        }

        @Override
        public void retried(String code) {
            retried.incrementAndGet();
        }

        @Override
        public void committed(int records, Duration took) {}

        @Override
        public void commitFailed(String cause) {}

        @Override
        public void lag(long records) {}

        @Override
        public void inFlight(int records, long bytes) {
            mostInFlight = Math.max(mostInFlight, records);
        }

        @Override
        public void paused(boolean now) {
            paused += now ? 1 : 0;
        }
    }
}
