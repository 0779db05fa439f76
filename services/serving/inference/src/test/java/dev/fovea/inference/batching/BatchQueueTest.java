package dev.fovea.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.ManualTicker;
import dev.fovea.inference.batching.BatchQueue.Taker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.Overloaded;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.inference.session.FakeModel;
import dev.fovea.inference.session.OutputSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// No threads: the policy has no delay, so that whatever waits can be taken at once by an idle instance.
class BatchQueueTest {

    private static final int ROW_BYTES = FakeModel.INPUT.itemBytes();

    private final ManualTicker ticker = new ManualTicker();
    private final BatchQueue queue = queue(new BatchPolicy(4, Duration.ZERO, 20, 20L * ROW_BYTES, 0.25));
    private final Taker taker = queue.join();

    @Test
    void interactiveEntriesGoBeforeBulkEntries() throws InterruptedException {
        offer(Lane.BULK, 1);
        Entry bulk = offer(Lane.BULK, 1);
        Entry interactive = offer(Lane.INTERACTIVE, 2);

        List<Slice> slices = takeIdle().slices();

        assertThat(slices.getFirst().entry()).isSameAs(interactive);
        assertThat(slices.getLast().entry()).isSameAs(bulk);
    }

    @Test
    void entriesOfOneLaneGoInTheOrderOfTheirArrival() throws InterruptedException {
        List<Entry> entries =
                IntStream.range(0, 4).mapToObj(i -> offer(Lane.BULK, 1)).toList();

        assertThat(takeIdle().slices()).extracting(Slice::entry).isEqualTo(entries);
    }

    @Test
    void anEntryOfManyRowsIsSplitOverConsecutiveBatches() throws InterruptedException {
        Entry entry = offer(Lane.BULK, 10);

        List<Slice> slices = new ArrayList<>();
        for (int batch = 0; batch < 3; batch++) {
            slices.addAll(takeIdle().slices());
        }

        assertThat(slices).containsExactly(new Slice(entry, 0, 4), new Slice(entry, 4, 4), new Slice(entry, 8, 2));
    }

    @Test
    void bulkKeepsItsShareUnderInteractivePressure() throws InterruptedException {
        int bulkRows = 0;
        for (int batch = 0; batch < 40; batch++) {
            refill(Lane.INTERACTIVE);
            refill(Lane.BULK);
            bulkRows += takeIdle().rows(Lane.BULK);
        }

        assertThat(bulkRows).isBetween(38, 40); // a quarter of 160, less what the first batch has to earn
    }

    @Test
    void interactiveRowsRideInEveryBatchDuringBulkBacklog() throws InterruptedException {
        for (int batch = 0; batch < 20; batch++) {
            refill(Lane.BULK);
            Entry interactive = offer(Lane.INTERACTIVE, 1);

            assertThat(takeIdle().slices()).extracting(Slice::entry).contains(interactive);
        }
    }

    @Test
    void withdrawnEntriesAreNeverTaken() throws InterruptedException {
        Entry gone = offer(Lane.BULK, 2);
        Entry stays = offer(Lane.BULK, 2);

        queue.withdraw(gone);

        assertThat(takeIdle().slices()).extracting(Slice::entry).containsExactly(stays);
    }

    @Test
    void expiredEntriesAreFailedInsteadOfTaken() throws InterruptedException {
        Entry late = offer(Lane.BULK, 2, Duration.ofMillis(5));
        Entry stays = offer(Lane.BULK, 2, Duration.ofMillis(6));
        ticker.advance(Duration.ofMillis(5));

        assertThat(takeIdle().slices()).extracting(Slice::entry).containsExactly(stays);
        assertThat(outcomeOf(late))
                .isInstanceOfSatisfying(Entry.Outcome.Failed.class, failed -> assertThat(failed.failure())
                        .isInstanceOf(DeadlineExceeded.class)
                        .hasMessage("no answer within 5.0 ms: 0 of 2 rows were inferred after 5.0 ms"));
    }

    @Test
    void restOfAnEntryThatFailedIsDropped() throws InterruptedException {
        Entry entry = offer(Lane.BULK, 6);
        takeIdle().fail(new Unavailable("TEST", "first slice failed"));
        Entry other = offer(Lane.BULK, 1);

        assertThat(takeIdle().slices())
                .extracting(Slice::entry)
                .containsExactly(other)
                .doesNotContain(entry);
    }

    @Nested
    class WhenFull {

        @Test
        void rejectsNewEntriesWhenQueueIsFull() {
            offer(Lane.BULK, 15);

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> offer(Lane.BULK, 6))
                    .withMessage("15 rows wait for model fake@1, 6 more are above the limit of 20 in a lane")
                    .satisfies(refused -> {
                        assertThat(refused.code()).isEqualTo("QUEUE_FULL");
                        assertThat(refused.value()).isEqualTo("21 rows");
                        assertThat(refused.limit()).isEqualTo("20 rows");
                    });
        }

        @Test
        void rejectsNewEntriesWhenTheirBytesAreTooMany() {
            BatchQueue narrow = queue(new BatchPolicy(4, Duration.ZERO, 20, 10L * ROW_BYTES, 0.25));
            narrow.offer(entry(Lane.BULK, 8, Duration.ofDays(1)));

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> narrow.offer(entry(Lane.BULK, 3, Duration.ofDays(1))))
                    .satisfies(refused -> assertThat(refused.limit()).isEqualTo(10 * ROW_BYTES + " bytes"));
        }

        @Test
        void guessesWhenToComeBackByTheLongestWait() {
            offer(Lane.BULK, 20);
            ticker.advance(Duration.ofMillis(70));

            assertThatExceptionOfType(Overloaded.class)
                    .isThrownBy(() -> offer(Lane.BULK, 1))
                    .satisfies(refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(70)));
        }

        @Test
        void aBulkBacklogDoesNotRefuseInteractiveEntries() {
            offer(Lane.BULK, 20);
            offer(Lane.INTERACTIVE, 20);
        }

        @Test
        void hasRoomAgainWhenRowsAreTakenOrWithdrawn() throws InterruptedException {
            Entry big = offer(Lane.BULK, 20);
            takeIdle();
            Entry small = offer(Lane.BULK, 4);
            queue.withdraw(small);
            queue.withdraw(big);
            offer(Lane.BULK, 20);
        }

        @Test
        void anEntryAboveTheLimitIsInvalidEvenIfTheQueueIsEmpty() {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> offer(Lane.BULK, 21))
                    .withMessage("an entry of 21 rows is above the 20 rows that model fake@1 queues");
        }
    }

    @Nested
    class WithBusyInstances {

        @Test
        void aBusyInstanceTakesAFullBatchAhead() throws InterruptedException {
            offer(Lane.BULK, 5);

            assertThat(queue.take(taker)).get().satisfies(batch -> assertThat(batch.rows())
                    .isEqualTo(4));
        }

        @Test
        void aBatchTakenAheadIsFormedAnewWhenInteractiveEntriesHaveCome() throws InterruptedException {
            Entry bulk = offer(Lane.BULK, 4);
            Batch ahead = queue.take(taker).orElseThrow();
            Entry interactive = offer(Lane.INTERACTIVE, 3);

            Batch instead = queue.refresh(ahead).orElseThrow();

            assertThat(instead.slices()).containsExactly(new Slice(interactive, 0, 3), new Slice(bulk, 0, 1));
            assertThat(takeIdle().slices()).containsExactly(new Slice(bulk, 1, 3));
        }

        @Test
        void aBatchTakenAheadRunsAsItIsWhenOnlyBulkEntriesHaveCome() throws InterruptedException {
            offer(Lane.BULK, 4);
            Batch ahead = queue.take(taker).orElseThrow();
            offer(Lane.BULK, 4);

            assertThat(queue.refresh(ahead)).isEmpty();
        }

        @Test
        void theBulkShareOfABatchTakenAheadIsNotDisplaced() throws InterruptedException {
            offer(Lane.INTERACTIVE, 20);
            offer(Lane.BULK, 20);
            queue.take(taker);
            Batch ahead = queue.take(taker).orElseThrow();

            assertThat(ahead.rows(Lane.BULK)).isEqualTo(1);
            assertThat(queue.refresh(ahead)).isEmpty();
        }

        @Test
        void aBatchGivenBackIsTakenByAnotherInstanceInTheSameOrder() throws InterruptedException {
            Entry first = offer(Lane.BULK, 3);
            Entry second = offer(Lane.BULK, 3);
            Batch batch = queue.take(taker).orElseThrow();

            queue.giveBack(batch);
            queue.leave(taker);
            Taker other = queue.join();

            assertThat(queue.take(other).orElseThrow().slices())
                    .containsExactly(new Slice(first, 0, 3), new Slice(second, 0, 1));
        }
    }

    @Nested
    class WithDirectedEntries {

        @Test
        void theyGoBeforeTheLanesAndAlone() throws InterruptedException {
            offer(Lane.INTERACTIVE, 8);
            Entry sample = entry(Lane.INTERACTIVE, 1, Duration.ofDays(1));

            queue.offerTo(taker, sample);

            Batch batch = queue.take(taker).orElseThrow();
            assertThat(batch.slices()).containsExactly(Slice.all(sample));
            assertThat(batch.cause()).isEqualTo(BatchingMetrics.Dispatch.PROBE);
        }

        @Test
        void theyFailWhenTheInstanceLeaves() throws InterruptedException {
            Entry sample = entry(Lane.INTERACTIVE, 1, Duration.ofDays(1));
            queue.offerTo(taker, sample);

            queue.leave(taker);

            assertThat(outcomeOf(sample)).isInstanceOf(Entry.Outcome.Failed.class);
        }

        @Test
        void theyAreRefusedByAnInstanceThatHasLeft() {
            queue.leave(taker);

            assertThatExceptionOfType(Unavailable.class)
                    .isThrownBy(() -> queue.offerTo(taker, entry(Lane.INTERACTIVE, 1, Duration.ofDays(1))));
        }
    }

    @Test
    void nothingIsTakenOnceTheQueueHasEnded() throws InterruptedException {
        offer(Lane.BULK, 4);
        queue.end();

        assertThat(queue.take(taker)).isEqualTo(Optional.empty());
    }

    private BatchQueue queue(BatchPolicy policy) {
        return new BatchQueue("fake@1", policy, ticker, BatchingMetrics.NONE);
    }

    private Batch takeIdle() throws InterruptedException {
        queue.ownerIdle(taker);
        return queue.take(taker).orElseThrow();
    }

    private void refill(Lane lane) {
        try {
            while (true) {
                offer(lane, 1);
            }
        } catch (Overloaded full) {
            assertThat(full.limit()).isEqualTo("20 rows");
        }
    }

    private Entry offer(Lane lane, int rows) {
        return offer(lane, rows, Duration.ofDays(1));
    }

    private Entry offer(Lane lane, int rows, Duration timeout) {
        Entry entry = entry(lane, rows, timeout);
        queue.offer(entry);
        return entry;
    }

    private Entry entry(Lane lane, int rows, Duration timeout) {
        return new Entry(
                new Call(FakeModel.items(new int[rows]), OutputSet.ANSWERS, lane, Deadline.after(timeout, ticker)),
                ticker.nanoTime(),
                FakeModel.manifest(8));
    }

    private Entry.Outcome outcomeOf(Entry entry) throws InterruptedException {
        assertThat(entry.isOpen()).isFalse();
        return entry.await(ticker);
    }
}
