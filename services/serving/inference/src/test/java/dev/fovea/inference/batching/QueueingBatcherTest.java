package dev.fovea.inference.batching;

import static dev.fovea.inference.batching.BatcherRig.assertAnswers;
import static dev.fovea.inference.batching.BatcherRig.assertExplained;
import static dev.fovea.inference.batching.BatcherRig.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.InstanceVitals.Phase;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.FakeModelSession;
import dev.fovea.inference.session.FakeModelSession.Run;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueingBatcherTest {

    private static final Deadline LATER = Deadline.after(Duration.ofMinutes(1), Ticker.system());

    @Test
    void answersEveryEntryWithItsOwnRows() throws Exception {
        try (BatcherRig rig = rig(2, 1, 2, 4, 8)) {
            List<Future<Inferred>> calls = new ArrayList<>();
            for (int call = 0; call < 120; call++) {
                calls.add(rig.call(call % 3 == 0 ? Lane.INTERACTIVE : Lane.BULK, identities(call)));
            }
            for (int call = 0; call < 120; call++) {
                assertAnswers(calls.get(call).get(), identities(call));
            }
        }
    }

    @Test
    void anEntryLargerThanABatchIsAnsweredWhole() throws Exception {
        try (BatcherRig rig = rig(1, 4)) {
            int[] identities = IntStream.range(1, 11).toArray();

            Inferred answer = rig.call(Lane.BULK, identities).get();

            assertAnswers(answer, identities);
            assertThat(answer.batchRows()).isEqualTo(4);
            assertThat(rig.session().seen()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void aPoisonedItemAmong31GoodOnesHarmsNoneOfThem() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4, 8, 16, 32)) {
            rig.script.poison(identity -> identity == 13);
            rig.occupy(1000);
            List<Future<Inferred>> calls = new ArrayList<>();
            for (int identity = 0; identity < 32; identity++) {
                calls.add(rig.call(Lane.BULK, identity));
            }
            rig.metrics.awaitEntered(33);
            rig.script.releaseAll();

            for (int identity = 0; identity < 32; identity++) {
                if (identity == 13) {
                    assertThat(failureOf(calls.get(identity))).isInstanceOf(ModelFailed.class);
                } else {
                    assertAnswers(calls.get(identity).get(), identity);
                }
            }
            assertThat(rig.session().runs().get(1).identities())
                    .as("all rode in one batch")
                    .hasSize(32)
                    .contains(13);
        }
    }

    @Test
    void aCallCancelledInTheQueueIsNeverInferred() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4)) {
            rig.occupy(1);
            Future<Inferred> cancelled = rig.call(Lane.INTERACTIVE, 7, 8);
            rig.metrics.awaitQueued(2);

            cancelled.cancel(true);
            rig.metrics.awaitQueued(0);
            rig.script.releaseAll();

            assertAnswers(rig.call(Lane.INTERACTIVE, 9).get(), 9);
            assertThat(rig.session().seen()).containsExactly(1, 9);
            assertThat(rig.metrics.events()).contains("abandoned INTERACTIVE CANCELLED");
        }
    }

    @Test
    void aCallCancelledAfterItsRowsWereGatheredIsNotRunAlone() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2)) {
            rig.occupy(1);
            Future<Inferred> cancelled = rig.call(Lane.BULK, 7, 8);
            rig.metrics.awaitEntered(3);
            rig.metrics.awaitQueued(0); // a full batch, taken ahead
            cancelled.cancel(true);
            rig.metrics.awaitEvent("abandoned BULK CANCELLED");
            rig.script.releaseAll();

            assertAnswers(rig.call(Lane.INTERACTIVE, 9).get(), 9);
            assertThat(rig.session().seen()).containsExactly(1, 9);
        }
    }

    @Test
    void aCallWhoseDeadlinePassesInTheQueueIsNeverInferred() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4)) {
            rig.occupy(1);

            Future<Inferred> late = rig.call(Lane.BULK, Duration.ofMillis(5), 7);

            assertThat(failureOf(late))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("0 of 1 rows were inferred");
            rig.script.releaseAll();
            assertAnswers(rig.call(Lane.INTERACTIVE, 9).get(), 9);
            assertThat(rig.session().seen()).containsExactly(1, 9);
            assertThat(rig.metrics.events()).contains("abandoned BULK EXPIRED");
        }
    }

    @Test
    void anInteractiveEntryWaitsForAtMostOneBatchOfABulkBacklog() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4)) {
            rig.occupy(1);
            Future<Inferred> backlog =
                    rig.call(Lane.BULK, IntStream.range(100, 140).toArray());
            rig.metrics.awaitQueued(36); // four rows are gathered ahead

            Future<Inferred> interactive = rig.call(Lane.INTERACTIVE, 7);
            rig.metrics.awaitQueued(37);
            rig.script.release();
            rig.script.awaitRun();

            assertThat(rig.session().runs().get(1).identities()).contains(7);
            rig.script.releaseAll();
            assertAnswers(interactive.get(), 7);
            assertAnswers(backlog.get(), IntStream.range(100, 140).toArray());
        }
    }

    @Test
    void theNextBatchIsGatheredWhileOneRuns() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4)) {
            rig.occupy(1);
            Future<Inferred> next = rig.call(Lane.BULK, 2, 3, 4, 5);

            rig.metrics.awaitEntered(5);
            rig.metrics.awaitQueued(0);

            assertThat(next.isDone()).isFalse();
            assertThat(rig.instances.getFirst().vitals().phase()).isEqualTo(Phase.RUNNING);
            rig.script.releaseAll();
            assertAnswers(next.get(), 2, 3, 4, 5);
        }
    }

    @Test
    void aPartFilledBatchGrowsWhileAnotherRuns() throws Exception {
        try (BatcherRig rig = rig(1, 1, 2, 4)) {
            rig.occupy(1);
            Future<Inferred> first = rig.call(Lane.BULK, 2);
            rig.metrics.awaitQueued(1);
            Future<Inferred> second = rig.call(Lane.BULK, 3);
            rig.metrics.awaitQueued(2);
            rig.script.releaseAll();

            assertThat(first.get().batchRows()).isEqualTo(2);
            assertThat(second.get().batchRows()).isEqualTo(2);
        }
    }

    @Test
    void refusesWhatDoesNotFitTheModelsInput() throws Exception {
        try (BatcherRig rig = rig(1, 1)) {
            Tensor wrong = Tensor.allocate(new TensorSpec("items", ElementType.UINT8, List.of(2, 2), ""), 1);

            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> rig.batcher.infer(wrong, Lane.BULK, LATER))
                    .withMessage(
                            "model fake@1 takes FLOAT32 items of shape [2] as \"items\", not UINT8 of shape [2, 2]");
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> rig.batcher.infer(Tensor.allocate(FakeModel.INPUT, 0), Lane.INTERACTIVE, LATER))
                    .withMessage("an entry of 0 rows, at least 1 is needed");
            assertThat(rig.metrics.events()).containsExactly("refused BULK WRONG_SHAPE", "refused INTERACTIVE NO_ROWS");
        }
    }

    @Test
    void refusesEntriesWhenTheQueueIsFull() throws Exception {
        try (BatcherRig rig = rig(1, 1)) {
            rig.occupy(1);
            Future<Inferred> waiting = rig.call(Lane.BULK, new int[499]);
            rig.metrics.awaitQueued(498); // one row is gathered ahead

            assertThat(failureOf(rig.call(Lane.BULK, 1, 2, 3))).isInstanceOf(Overloaded.class);

            assertThat(rig.metrics.events()).contains("refused BULK QUEUE_FULL");
            rig.script.releaseAll();
            assertAnswers(waiting.get(), new int[499]);
        }
    }

    @Test
    void reportsBatchesWithTheirBucketAndCause() throws Exception {
        try (BatcherRig rig = rig(1, 1, 4)) {
            rig.call(Lane.INTERACTIVE, 1, 2, 3).get();
            rig.batcher.close(); // waits for the owner thread, which reports after it has answered

            assertThat(rig.metrics.runs()).singleElement().satisfies(run -> {
                assertThat(run.dispatch()).isEqualTo(BatchingMetrics.Dispatch.DELAY);
                assertThat(run.rows()).isEqualTo(3);
                assertThat(run.bucket()).isEqualTo(4);
                assertThat(run.interactiveRows()).isEqualTo(3);
                assertThat(run.failed()).isFalse();
            });
        }
    }

    @Nested
    class WithExplanations {

        @Test
        void aMixedBatchRunsOnceForAllAndEachEntryGetsWhatItAskedFor() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                rig.occupy(1);
                Future<Inferred> plain = rig.call(Lane.BULK, 2);
                rig.metrics.awaitQueued(1);
                Future<Inferred> explained = rig.callForAll(3, 4);
                rig.metrics.awaitQueued(3);
                rig.script.releaseAll();

                assertAnswers(plain.get(), 2);
                assertExplained(explained.get(), 3, 4);
                assertThat(rig.session().runs())
                        .containsExactly(
                                new Run(List.of(1), 1, OutputSet.ANSWERS), new Run(List.of(2, 3, 4), 4, OutputSet.ALL));
            }
        }

        @Test
        void batchesOfEntriesThatWantAnswersNeverAskForMore() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                assertExplained(rig.callForAll(1).get(), 1);
                for (int identity = 2; identity < 20; identity++) {
                    assertAnswers(rig.call(Lane.INTERACTIVE, identity).get(), identity);
                }
                assertThat(rig.session().runs().stream().skip(1))
                        .hasSize(18)
                        .allMatch(run -> run.outputs() == OutputSet.ANSWERS);
            }
        }

        @Test
        void anEntryLargerThanABatchIsExplainedWhole() throws Exception {
            try (BatcherRig rig = rig(1, 1, 4)) {
                int[] identities = IntStream.range(1, 11).toArray();

                assertExplained(rig.callForAll(identities).get(), identities);
            }
        }

        @Test
        void thoseOfAnEntryThatHasEndedAreNotFetched() throws Exception {
            try (BatcherRig rig = rig(1, 1, 4)) {
                rig.occupy(1);
                Future<Inferred> cancelled = rig.callForAll(2);
                Future<Inferred> late = rig.call(OutputSet.ALL, Lane.BULK, Duration.ofMillis(5), 3);
                Future<Inferred> plain = rig.call(Lane.BULK, 4, 5);
                rig.metrics.awaitEntered(5); // a full batch unless the late one has left already

                cancelled.cancel(true);
                rig.metrics.awaitEvent("abandoned BULK CANCELLED");
                assertThat(failureOf(late)).isInstanceOf(DeadlineExceeded.class);
                rig.script.releaseAll();

                assertAnswers(plain.get(), 4, 5);
                assertThat(rig.session().runs()).allMatch(run -> run.outputs() == OutputSet.ANSWERS);
            }
        }

        @Test
        void entriesRunAgainAloneKeepWhatTheyAskedFor() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                rig.script.poison(identity -> identity == 13);
                rig.occupy(1);
                Future<Inferred> poisoned = rig.callForAll(13);
                rig.metrics.awaitQueued(1);
                Future<Inferred> plain = rig.call(Lane.BULK, 14);
                rig.metrics.awaitQueued(2);
                Future<Inferred> explained = rig.callForAll(15);
                rig.metrics.awaitQueued(3);
                rig.script.releaseAll();

                assertThat(failureOf(poisoned)).isInstanceOf(ModelFailed.class);
                assertAnswers(plain.get(), 14);
                assertExplained(explained.get(), 15);
                assertThat(rig.session().runs())
                        .containsExactly(
                                new Run(List.of(1), 1, OutputSet.ANSWERS),
                                new Run(List.of(13, 14, 15), 4, OutputSet.ALL),
                                new Run(List.of(13), 1, OutputSet.ALL),
                                new Run(List.of(14), 1, OutputSet.ANSWERS),
                                new Run(List.of(15), 1, OutputSet.ALL),
                                new Run(List.of(FakeModelSession.SAMPLE), 1, OutputSet.ANSWERS));
            }
        }
    }

    @Nested
    class WhenTheModelFails {

        @Test
        void anEntryRunAloneFailsAndTheNextOneIsAnswered() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2)) {
                rig.script.poison(identity -> identity == 13);

                assertThat(failureOf(rig.call(Lane.BULK, 13)))
                        .isInstanceOf(ModelFailed.class)
                        .hasMessage("model fake@1 failed on 1 rows run alone: kernel failed");
                assertAnswers(rig.call(Lane.BULK, 14).get(), 14);
            }
        }

        @Test
        void anExceptionOfTheSessionIsTreatedLikeAFailedRun() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2)) {
                rig.script.before(() -> {
                    throw new IllegalArgumentException("shape");
                });
                assertThat(failureOf(rig.call(Lane.BULK, 1))).hasMessageContaining("shape");

                rig.script.before(() -> {});
                assertAnswers(rig.call(Lane.BULK, 2).get(), 2);
            }
        }

        @Test
        void failuresAreCountedUntilARunSucceeds() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2)) {
                rig.script.failing(true);
                failureOf(rig.call(Lane.BULK, 1));
                failureOf(rig.call(Lane.BULK, 2));
                assertThat(rig.instances.getFirst().vitals().consecutiveFailures())
                        .isEqualTo(4); // each with the stored sample after it

                rig.script.failing(false);
                rig.call(Lane.BULK, 3).get();
                assertThat(rig.instances.getFirst().vitals().consecutiveFailures())
                        .isZero();
            }
        }
    }

    @Nested
    class WhenTheStoredSampleFailsToo {

        @Test
        void noEntryIsBlamedWhateverSharedItsBatch() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                Future<Inferred> running = rig.occupy(1);
                List<Future<Inferred>> waiting = List.of(rig.call(Lane.BULK, 2), rig.call(Lane.BULK, 3));
                rig.metrics.awaitEntered(3);
                rig.script.failing(true);
                rig.script.releaseAll();

                for (Future<Inferred> call : List.of(running, waiting.getFirst(), waiting.getLast())) {
                    assertThat(failureOf(call))
                            .isInstanceOf(Unavailable.class)
                            .hasMessage("model fake@1 failed on 1 rows run alone: kernel failed;"
                                    + " it fails on its stored sample too: kernel failed")
                            .satisfies(failure -> assertThat(failure.code()).isEqualTo("MODEL_UNHEALTHY"));
                }
                assertThat(rig.faults).containsOnly("0: kernel failed");
            }
        }

        @Test
        void anAnswerToTheSampleThatIsNotTheRecordedOneIsTheModelsFault() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2)) {
                rig.script.poison(identity -> identity == 13);
                rig.script.wrong(true);

                assertThat(failureOf(rig.call(Lane.BULK, 13)).code()).isEqualTo("MODEL_UNHEALTHY");
                assertThat(rig.faults).singleElement().asString().startsWith("0: another answer than the one recorded");
            }
        }

        @Test
        void itRunsOncePerFailedBatchAndNotAfterOnesThatSucceed() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                rig.script.poison(identity -> identity >= 10);
                Future<Inferred> running = rig.occupy(1);
                List<Future<Inferred>> waiting =
                        List.of(rig.call(Lane.BULK, 10), rig.call(Lane.BULK, 11), rig.call(Lane.BULK, 2));
                rig.metrics.awaitEntered(4);
                rig.script.releaseAll();

                assertAnswers(running.get(), 1);
                assertThat(failureOf(waiting.get(0))).isInstanceOf(ModelFailed.class);
                assertThat(failureOf(waiting.get(1))).isInstanceOf(ModelFailed.class);
                assertAnswers(waiting.get(2).get(), 2);
                rig.batcher.close();
                long failedBatches = rig.metrics.runs().stream()
                        .filter(run -> run.failed() && run.dispatch() != BatchingMetrics.Dispatch.RETRY)
                        .count();
                assertThat(rig.metrics.runs())
                        .filteredOn(run -> run.dispatch() == BatchingMetrics.Dispatch.PROBE)
                        .hasSize(Math.toIntExact(failedBatches));
                assertThat(rig.faults).isEmpty();
            }
        }

        @Test
        void aSessionLostOnTheSampleIsLostForItsEntries() throws Exception {
            try (BatcherRig rig = rig(1, 1)) {
                AtomicInteger runs = new AtomicInteger();
                rig.script.before(() -> {
                    if (runs.incrementAndGet() == 2) {
                        throw new UnsatisfiedLinkError("gone");
                    }
                });
                rig.script.poison(identity -> identity == 13);

                assertThat(failureOf(rig.call(Lane.BULK, 13)).code()).isEqualTo("SESSION_LOST");
            }
        }
    }

    @Nested
    class WhenASessionIsLost {

        @Test
        void runningAndQueuedEntriesFailAndNewOnesAreRefused() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2)) {
                rig.script.lethal(identity -> identity == 66);
                Future<Inferred> running = rig.occupy(66);
                Future<Inferred> ahead = rig.call(Lane.BULK, 1, 2);
                Future<Inferred> queued = rig.call(Lane.INTERACTIVE, 3);
                rig.metrics.awaitEntered(4);
                rig.script.releaseAll();

                assertThat(failureOf(running).code()).isEqualTo("SESSION_LOST");
                assertThat(failureOf(ahead)).isInstanceOf(Unavailable.class);
                assertThat(failureOf(queued)).isInstanceOf(Unavailable.class);
                assertThat(failureOf(rig.call(Lane.BULK, 4)).code()).isEqualTo("MODEL_LOST");
                assertThat(rig.instances.getFirst().vitals().phase()).isEqualTo(Phase.FAILED);
            }
        }

        @Test
        void anErrorOfTheRuntimeLosesTheSession() throws Exception {
            try (BatcherRig rig = rig(1, 1)) {
                rig.script.before(() -> {
                    throw new UnsatisfiedLinkError("gone");
                });

                assertThat(failureOf(rig.call(Lane.BULK, 1))).hasMessageContaining("gone");
                rig.instances.getFirst().close();
                assertThat(rig.session().isClosed()).isTrue();
            }
        }

        @Test
        void theOtherInstancesGoOn() throws Exception {
            try (BatcherRig rig = rig(2, 1, 2)) {
                rig.script.lethal(identity -> identity == 66);
                Future<Inferred> doomed = rig.occupy(66);
                Future<Inferred> other = rig.occupy(1);
                List<Future<Inferred>> queued = new ArrayList<>();
                for (int identity = 10; identity < 20; identity++) {
                    queued.add(rig.call(Lane.BULK, identity));
                }
                rig.metrics.awaitEntered(12);
                rig.metrics.awaitQueued(6); // both instances hold two rows ahead
                rig.script.releaseAll();

                assertThat(failureOf(doomed).code()).isEqualTo("SESSION_LOST");
                assertAnswers(other.get(), 1);
                for (int i = 0; i < 10; i++) {
                    assertAnswers(queued.get(i).get(), 10 + i);
                }
            }
        }
    }

    @Nested
    class WhenDraining {

        @Test
        void drainFinishesQueuedEntriesThenRefuses() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                Future<Inferred> running = rig.occupy(1);
                Future<Inferred> queued = rig.call(Lane.BULK, 2);
                rig.metrics.awaitQueued(1);
                rig.script.releaseAll();

                rig.batcher.drain(LATER);

                assertAnswers(running.get(), 1);
                assertAnswers(queued.get(), 2);
                assertThat(failureOf(rig.call(Lane.BULK, 3)).code()).isEqualTo("DRAINING");
            }
        }

        @Test
        void entriesNotAnsweredByTheDeadlineFail() throws Exception {
            try (BatcherRig rig = rig(1, 1, 2, 4)) {
                Future<Inferred> running = rig.occupy(1);
                Future<Inferred> queued = rig.call(Lane.BULK, 2);
                rig.metrics.awaitQueued(1);

                rig.batcher.drain(Deadline.after(Duration.ofMillis(5), Ticker.system()));

                assertThat(failureOf(running).code()).isEqualTo("DRAINED");
                assertThat(failureOf(queued).code()).isEqualTo("DRAINED");
                assertThat(rig.metrics.events()).contains("abandoned BULK DRAINED");
            }
        }

        @Test
        void closeFailsOpenEntriesClosesSessionsAndMayBeRepeated() throws Exception {
            BatcherRig rig = rig(2, 1, 2, 4);
            Future<Inferred> running = rig.occupy(1);
            Future<?> closing = rig.background(rig.batcher::close);

            assertThat(failureOf(running).code()).isEqualTo("CLOSED");
            rig.script.releaseAll();
            closing.get();
            rig.close();

            assertThat(rig.sessions()).allMatch(session -> session.isClosed());
            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> rig.batcher.infer(FakeModel.items(1), Lane.BULK, LATER))
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo("CLOSED"));
        }
    }

    @Nested
    class OnOneInstance {

        @Test
        void anEntryIsRunByThatInstanceAlone() throws Exception {
            try (BatcherRig rig = rig(2, 1, 2)) {
                for (ModelInstance instance : rig.instances) {
                    assertAnswers(rig.batcher.inferOn(instance, FakeModel.items(5), LATER), 5);
                }
                assertThat(rig.sessions()).allSatisfy(session -> assertThat(session.runs())
                        .containsExactly(new Run(List.of(5), 1, OutputSet.ANSWERS)));
            }
        }
    }

    private static BatcherRig rig(int instances, Integer... buckets) throws InterruptedException {
        return new BatcherRig(new BatchPolicy(32, Duration.ZERO, 500, 1 << 20, 0.25), instances, buckets);
    }

    private static int[] identities(int call) {
        return IntStream.range(0, 1 + call % 7).map(row -> call * 10 + row).toArray();
    }
}
