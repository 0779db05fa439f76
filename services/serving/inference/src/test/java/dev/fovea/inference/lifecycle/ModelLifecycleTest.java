package dev.fovea.inference.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.BatchPolicy;
import dev.fovea.inference.batching.BatchingMetrics;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.FakeModelSession.Run;
import dev.fovea.inference.session.FakeScript;
import dev.fovea.inference.session.FakeSessionLoader;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ModelVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ModelLifecycleTest {

    private static final ModelManifest MANIFEST = FakeModel.manifest(1, 2, 4);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FakeScript script = new FakeScript();
    private final FakeSessionLoader loader = new FakeSessionLoader(MANIFEST, script);
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final AtomicLong skippedNanos = new AtomicLong();
    private final Ticker ticker = () -> System.nanoTime() + skippedNanos.get();
    private ModelLifecycle model = model(FakeModel.VERSION, 1);

    @AfterEach
    void stop() {
        script.releaseAll();
        model.close();
    }

    @Test
    void loadsWarmsUpServesDrainsAndStops() throws InterruptedException {
        start();
        assertThat(infer(5).output().row(0)).containsExactly(FakeModel.answerTo(5));
        model.drain(within(PATIENCE));
        model.close();

        assertThat(changes)
                .containsExactly(
                        "LOADING to WARMING", "WARMING to SERVING", "SERVING to DRAINING", "DRAINING to STOPPED");
        assertThat(loader.sessions()).allMatch(FakeModelSession::isClosed);
    }

    @Test
    void runsEveryBucketOnceBeforeItServes() throws InterruptedException {
        start();

        assertThat(loader.sessions().getFirst().runs()).extracting(Run::bucket).containsExactly(1, 2, 4);
    }

    @Test
    void tellsWhatTheSessionsSayOfThemselves() throws InterruptedException {
        model = model(FakeModel.VERSION, 3);
        start();

        assertThat(model.manifest()).isEqualTo(MANIFEST);
        assertThat(model.digest()).isEqualTo("sha256:fake");
        assertThat(model.executionProviders()).containsExactly("fake");
        assertThat(model.instances()).isEqualTo(3);
    }

    @Test
    void isUnavailableBeforeItIsLoaded() {
        assertThat(model.name()).isEqualTo("fake");
        assertThat(model.executionProviders()).isEmpty();
        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(model::batcher)
                .withMessage("model fake@1 is LOADING")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("MODEL_NOT_READY"));
        assertThatExceptionOfType(Unavailable.class).isThrownBy(model::manifest);
    }

    @Test
    void closeMayComeAtAnyTimeAndMoreThanOnce() throws InterruptedException {
        model.close();
        assertThat(model.state()).isEqualTo(new ModelState.Stopped());

        model = model(FakeModel.VERSION, 2);
        model.start();
        model.close();
        model.close();
        assertThat(model.state()).isEqualTo(new ModelState.Stopped());
        assertThat(loader.sessions()).allMatch(FakeModelSession::isClosed);
    }

    @Nested
    class WhenStartingFails {

        @Test
        void aFileThatCannotBeLoadedIsNamedInTheFailedState() throws InterruptedException {
            loader.failWith("fake/1/model.onnx: no such file");

            assertThat(failureOfStart()).isEqualTo("fake/1/model.onnx: no such file");
        }

        @Test
        void anAnswerThatIsNotTheRecordedOneFailsTheModel() throws InterruptedException {
            script.wrong(true);

            assertThat(failureOfStart())
                    .startsWith("warm-up of fake@1 at bucket 1: row 0, the stored sample, got another answer than");
            assertThat(changes).containsExactly("LOADING to WARMING", "WARMING to FAILED");
        }

        @Test
        void aFileWithoutStoredSampleFailsTheModelWithAdvice() throws InterruptedException {
            FakeSessionLoader without = new FakeSessionLoader(FakeModel.manifest(Optional.empty(), 1), script);
            model = new ModelLifecycle(FakeModel.VERSION, without, config(1), surroundings());

            assertThat(failureOfStart()).contains("has no stored sample").contains("fovea models build");
        }

        @Test
        void aBucketThatCannotBeRunFailsTheModel() throws InterruptedException {
            script.failing(true);

            assertThat(failureOfStart()).isEqualTo("warm-up of fake@1 at bucket 1: kernel failed");
        }

        @Test
        void aFileInTheWrongFolderFailsTheModel() throws InterruptedException {
            model = model(new ModelVersion("fake", 2, Path.of("fake", "2", "model.onnx")), 1);

            assertThat(failureOfStart()).isEqualTo("the file of model fake@2 says it is fake@1");
        }

        @Test
        void allSessionsAreClosedAndTheModelCanOnlyBeStopped() throws InterruptedException {
            model = model(FakeModel.VERSION, 3);
            script.failing(true);
            failureOfStart();

            model.close();

            assertThat(loader.sessions()).allMatch(FakeModelSession::isClosed);
            assertThat(model.state()).isEqualTo(new ModelState.Stopped());
        }
    }

    @Nested
    class Health {

        @Test
        void readinessGoesOffWithinOneProbeWhenTheSessionFailsAndOnAgainAfterRecovery() throws InterruptedException {
            start();
            assertThat(probe().ready()).isTrue();

            script.failing(true);
            assertThat(refusal(5)).isEqualTo("MODEL_UNHEALTHY");
            assertThat(probe()).satisfies(health -> {
                assertThat(health.ready()).isFalse();
                assertThat(health.alive()).isTrue();
                assertThat(health.reason()).startsWith("stored sample: instance 0: MODEL_FAILED");
            });

            script.failing(false);
            assertThat(probe().ready()).isTrue();
        }

        @Test
        void readinessGoesOffWithoutAnyTraffic() throws InterruptedException {
            start();
            script.failing(true);
            skip(Duration.ofSeconds(11));

            assertThat(probe().ready()).isFalse();
        }

        @Test
        void poisonedItemsDoNotEndReadiness() throws InterruptedException {
            script.poison(identity -> identity == 13);
            start();
            assertThatExceptionOfType(ModelFailed.class).isThrownBy(() -> infer(13));

            assertThat(probe().ready()).isTrue();
        }

        @Test
        void wrongAnswersEndReadinessAlthoughEveryRunSucceeds() throws InterruptedException {
            start();
            script.wrong(true);
            skip(Duration.ofSeconds(11));
            assertThat(probe().reason()).contains("another answer than the one recorded");

            assertThat(probe().ready()).isFalse();
            script.wrong(false);
            assertThat(probe().ready()).isTrue();
        }

        @Test
        void aStuckRunEndsLivenessAndReadiness() throws InterruptedException {
            start();
            script.hold();
            Thread caller = Thread.ofVirtual().start(new FutureTask<>(() -> infer(5)));
            script.awaitRun();
            assertThat(model.health().alive()).isTrue();

            skip(Duration.ofSeconds(31));

            assertThat(model.health().alive()).isFalse();
            assertThat(model.health().reason()).startsWith("instance 0 has been inside one run for 31");
            script.releaseAll();
            caller.join();
            assertThat(model.health().alive()).isTrue();
        }

        @Test
        void aLostDeviceEndsLiveness() throws InterruptedException {
            script.lethal(identity -> identity == 66);
            start();

            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> infer(66));

            assertThat(model.health().alive()).isFalse();
            assertThat(model.instances()).isZero();
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> infer(5));
        }

        @Test
        void aModelWithOneLostInstanceIsDegradedAndServes() throws InterruptedException {
            model = model(FakeModel.VERSION, 2);
            script.lethal(identity -> identity == 66);
            start();
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> infer(66));
            assertThat(probe()).isEqualTo(new ModelHealth(true, true, true, "1 of 2 instances work"));
            assertThat(infer(5).output().row(0)).containsExactly(FakeModel.answerTo(5));
        }

        @Test
        void aRowThatFailsOnABrokenModelIsNotBlamedAndNoFurtherCallIsTakenUntilTheSamplePasses()
                throws InterruptedException {
            start();
            script.failing(true);
            assertThat(refusal(5)).isEqualTo("MODEL_UNHEALTHY");
            assertThat(model.health().ready()).isFalse(); // without a probe
            int runs = loader.sessions().getFirst().runs().size();

            script.failing(false);
            assertThat(refusal(6)).isEqualTo("MODEL_UNHEALTHY");
            assertThat(loader.sessions().getFirst().runs()).hasSize(runs);

            assertThat(probe().ready()).isTrue();
            assertThat(infer(7).output().row(0)).containsExactly(FakeModel.answerTo(7));
        }

        @Test
        void callsAreRefusedWhileTheSamplesAnswerIsNotTheRecordedOne() throws InterruptedException {
            start();
            script.wrong(true);
            assertThat(model.checkSample(within(PATIENCE))).isInstanceOf(SampleCheck.Failed.class);
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> infer(5))
                    .withMessageStartingWith("model fake@1, stored sample: instance 0: another answer")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo("MODEL_UNHEALTHY"));

            script.wrong(false);
            assertThat(model.checkSample(within(PATIENCE))).isInstanceOf(SampleCheck.Passed.class);
            assertThat(infer(5).output().row(0)).containsExactly(FakeModel.answerTo(5));
        }
    }

    private void start() throws InterruptedException {
        model.start();
        assertThat(model.awaitStarted(within(PATIENCE))).isEqualTo(new ModelState.Serving());
    }

    private String failureOfStart() throws InterruptedException {
        model.start();
        if (model.awaitStarted(within(PATIENCE)) instanceof ModelState.Failed(Throwable cause)) {
            return String.valueOf(cause.getMessage());
        }
        throw new AssertionError("model is " + model.state());
    }

    private Inferred infer(int identity) throws InterruptedException {
        return model.batcher().infer(FakeModel.items(identity), Lane.INTERACTIVE, within(PATIENCE));
    }

    private String refusal(int identity) throws InterruptedException {
        try {
            throw new AssertionError("answered: " + infer(identity));
        } catch (Unavailable refused) {
            return refused.code();
        }
    }

    private ModelHealth probe() throws InterruptedException {
        return model.probe(within(PATIENCE));
    }

    private Deadline within(Duration duration) {
        return Deadline.after(duration, ticker);
    }

    private void skip(Duration duration) {
        skippedNanos.addAndGet(duration.toNanos());
    }

    private ModelLifecycle model(ModelVersion version, int instances) {
        return new ModelLifecycle(version, loader, config(instances), surroundings());
    }

    private static ModelConfig config(int instances) {
        return new ModelConfig(
                new BatchPolicy(4, Duration.ZERO, 100, 10_000, 0.25),
                instances,
                new HealthPolicy(Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    private Surroundings surroundings() {
        return new Surroundings(
                ticker,
                Clock.systemUTC(),
                Thread.ofPlatform().daemon().factory(),
                BatchingMetrics.NONE,
                (model, from, to) -> changes.add(from.label() + " to " + to.label()));
    }
}
