package dev.fovea.quarkus.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchPolicy;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.lifecycle.HealthPolicy;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.kafka.consume.ConsumerState;
import dev.fovea.kafka.consume.ConsumerState.Phase;
import dev.fovea.quarkus.health.ServiceHealth.Finding;
import dev.fovea.quarkus.health.ServiceHealth.Rules;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.quarkus.parts.ServicePart;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceHealthTest {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);
    private static final Duration FAILING_AFTER = Duration.ofSeconds(10);

    private final FakeScript script = new FakeScript();
    private final AtomicLong skippedNanos = new AtomicLong();
    private final Ticker ticker = () -> System.nanoTime() + skippedNanos.get();
    private final ModelLifecycle model = new ModelLifecycle(
            FakeModel.VERSION,
            new FakeSessionLoader(FakeModel.manifest(1, 2), script),
            new ModelConfig(BatchPolicy.DEFAULT, 1, new HealthPolicy(STUCK_AFTER, Duration.ZERO)),
            new Surroundings(
                    ticker,
                    Clock.systemUTC(),
                    Thread.ofPlatform().daemon().factory(),
                    BatchingMetrics.NONE,
                    StateListener.NONE));
    private final ServedModels models = new ServedModels(List.of(model));
    private final Map<String, ConsumerState> consumers = new HashMap<>();
    private Optional<String> indexProblem = Optional.empty();
    private final ServiceHealth health = health(List.of());

    @AfterEach
    void stop() {
        script.releaseAll();
        models.close();
    }

    @Test
    void isAliveAndNotReadyWhileLoading() {
        assertThat(health.modelsAlive()).allMatch(Finding::up);
        assertThat(health.modelsStarted()).noneMatch(Finding::up);
        assertThat(health.modelsReady()).noneMatch(Finding::up).noneMatch(Finding::error);
        assertThat(health.ready()).isFalse();
    }

    @Test
    void isReadyWhenWarm() throws InterruptedException {
        serve();

        assertThat(health.modelsStarted()).allMatch(Finding::up);
        assertThat(health.ready()).isTrue();
    }

    @Test
    void readinessEndsWithOneProbeOfAFailingSessionAndReturnsAfterRecovery() throws InterruptedException {
        serve();

        script.failing(true);
        probe();
        assertThat(health.ready()).isFalse();
        assertThat(health.modelsAlive()).allMatch(Finding::up);
        assertThat(health.modelsReady())
                .singleElement()
                .satisfies(finding -> assertThat(finding.error()).isTrue())
                .satisfies(finding -> assertThat(finding.reason()).contains("kernel failed"));

        script.failing(false);
        probe();
        assertThat(health.ready()).isTrue();
    }

    @Test
    void livenessEndsWhenAnInstanceThreadIsStuck() throws InterruptedException {
        serve();
        script.hold();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                model.batcher().infer(FakeModel.items(1), Lane.INTERACTIVE, within(Duration.ofHours(1)));
            } catch (InterruptedException | RuntimeException ended) {
                // The test is over.
            }
        });
        script.awaitRun();
        assertThat(health.modelsAlive()).allMatch(Finding::up);

        skippedNanos.addAndGet(STUCK_AFTER.plusSeconds(1).toNanos());

        assertThat(health.modelsAlive())
                .singleElement()
                .satisfies(finding -> assertThat(finding.up()).isFalse())
                .satisfies(finding -> assertThat(finding.reason()).contains("limit 30000 ms"));
        caller.interrupt();
    }

    @Test
    void nothingIsReadyWhileDraining() throws InterruptedException {
        serve();

        health.drain();

        assertThat(health.ready()).isFalse();
        assertThat(health.answersCalls()).isFalse();
        assertThat(health.modelsAlive()).allMatch(Finding::up);
    }

    @Test
    void nothingIsReadyWhileAPartOfTheServiceHasAProblem() throws InterruptedException {
        serve();
        ServiceHealth withIndex = health(List.of(new Index()));
        assertThat(withIndex.ready()).isTrue();

        indexProblem = Optional.of("the disk is full");

        assertThat(withIndex.ready()).isFalse();
        assertThat(withIndex.answersCalls()).isFalse();
        assertThat(withIndex.partsReady())
                .containsExactly(new Finding("index", false, true, "FAILING", "the disk is full"));
        indexProblem = Optional.empty();
        assertThat(withIndex.ready()).isTrue();
    }

    @Nested
    class WithKafka {

        @Test
        void everyConsumerCounts() throws InterruptedException {
            serve();
            consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));
            consumers.put("queries", state(Phase.CONNECTING, Set.of()));

            assertThat(health.ready()).isFalse();
            assertThat(health.kafkaReady())
                    .filteredOn(Finding::up)
                    .extracting(Finding::subject)
                    .containsExactly("images");
            consumers.put("queries", state(Phase.DEAD, Set.of()));
            assertThat(health.kafkaAlive())
                    .filteredOn(finding -> !finding.up())
                    .extracting(Finding::subject)
                    .containsExactly("queries");
        }

        @Test
        void oneConsumersFailuresAreNotTheOthers() throws InterruptedException {
            serve();
            for (int second = 0; second <= FAILING_AFTER.toSeconds(); second++) {
                consumer(failing("fenced"));
                consumers.put("queries", state(Phase.RUNNING, Set.of("fovea.retrieval-queries-0")));
                health.kafkaReady();
                skippedNanos.addAndGet(Duration.ofSeconds(1).toNanos());
            }

            assertThat(health.kafkaReady())
                    .filteredOn(finding -> !finding.up())
                    .extracting(Finding::subject)
                    .containsExactly("images");
        }

        @Test
        void readinessWaitsForPartitionsAndCallsDoNot() throws InterruptedException {
            serve();
            consumer(state(Phase.RUNNING, Set.of()));
            assertThat(health.ready()).isFalse();
            assertThat(health.answersCalls()).isTrue();

            consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));
            assertThat(health.ready()).isTrue();
        }

        @Test
        void readinessIgnoresPartitionsThatAreNotRequired() throws InterruptedException {
            serve();
            consumer(state(Phase.CONNECTING, Set.of()));
            var lenient = new ServiceHealth(
                    models.lifecycles(),
                    () -> consumers,
                    List.of(),
                    new Rules(false, STUCK_AFTER, FAILING_AFTER),
                    ticker);

            assertThat(lenient.ready()).isTrue();
        }

        @Test
        void livenessEndsWhenTheThreadNoLongerPolls() {
            consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));
            assertThat(health.kafkaAlive()).singleElement().matches(Finding::up);

            skippedNanos.addAndGet(STUCK_AFTER.plusSeconds(1).toNanos());

            assertThat(health.kafkaAlive()).singleElement().matches(finding -> !finding.up());
        }

        @Test
        void livenessEndsWhenTheThreadIsDead() {
            consumer(state(Phase.DEAD, Set.of()));

            assertThat(health.kafkaAlive()).singleElement().matches(finding -> !finding.up());
        }

        @Test
        void readinessEndsWhenCommitsGoOnFailingAndReturnsAfterRecovery() throws InterruptedException {
            serve();
            consumer(failing("the commit failed: not authorized"));
            assertThat(health.ready()).isTrue();

            skippedNanos.addAndGet(FAILING_AFTER.toNanos());
            assertThat(health.ready()).isFalse();
            assertThat(health.kafkaReady())
                    .singleElement()
                    .matches(Finding::error)
                    .satisfies(finding -> assertThat(finding.reason()).isEqualTo("the commit failed: not authorized"));

            consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));
            assertThat(health.ready()).isFalse();
            skippedNanos.addAndGet(FAILING_AFTER.toNanos());
            assertThat(health.ready()).isTrue();
        }

        /// Two workers of one name: each is assigned partitions for a moment, until the other fences it.
        @Test
        void shortPausesBetweenFailuresAreNoRecovery() throws InterruptedException {
            serve();
            for (int second = 0; second < 6; second++) {
                consumer(failing("fenced"));
                health.kafkaReady();
                skippedNanos.addAndGet(Duration.ofSeconds(1).toNanos());
                consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));
                health.kafkaReady();
                skippedNanos.addAndGet(Duration.ofSeconds(1).toNanos());
            }

            assertThat(health.ready()).isFalse();
            assertThat(health.kafkaReady()).singleElement().satisfies(finding -> assertThat(finding.reason())
                    .isEqualTo("fenced"));
        }

        @Test
        void aFailureThatPassesDoesNotEndReadiness() throws InterruptedException {
            serve();
            consumer(failing("the broker was away"));
            assertThat(health.ready()).isTrue();
            consumer(state(Phase.RUNNING, Set.of("fovea.images-0")));

            skippedNanos.addAndGet(FAILING_AFTER.multipliedBy(3).toNanos());

            assertThat(health.ready()).isTrue();
        }

        @Test
        void failuresAreNoticedWhileModelsAreNotReadyToo() {
            consumer(failing("fenced"));
            assertThat(health.ready()).isFalse();
            skippedNanos.addAndGet(FAILING_AFTER.toNanos());

            assertThat(health.kafkaReady()).singleElement().matches(finding -> !finding.up());
        }

        private ConsumerState failing(String failure) {
            return new ConsumerState(Phase.RUNNING, ticker.nanoTime(), Set.of("fovea.images-0"), false, 0, 0, failure);
        }

        private ConsumerState state(Phase phase, Set<String> assigned) {
            return new ConsumerState(phase, ticker.nanoTime(), assigned, false, 0, 0, null);
        }
    }

    private ServiceHealth health(List<ServicePart> parts) {
        return new ServiceHealth(
                models.lifecycles(), () -> consumers, parts, new Rules(true, STUCK_AFTER, FAILING_AFTER), ticker);
    }

    private void consumer(ConsumerState state) {
        consumers.put("images", state);
    }

    private final class Index implements ServicePart {

        @Override
        public String name() {
            return "index";
        }

        @Override
        public Optional<String> problem() {
            return indexProblem;
        }

        @Override
        public void close() {}
    }

    private void serve() throws InterruptedException {
        models.start();
        models.awaitStarted(within(Duration.ofMinutes(1)));
    }

    private void probe() throws InterruptedException {
        model.probe(within(Duration.ofMinutes(1)));
    }

    private Deadline within(Duration time) {
        return Deadline.after(time, ticker);
    }
}
