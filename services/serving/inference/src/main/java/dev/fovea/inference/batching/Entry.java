package dev.fovea.inference.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Tensor;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.OutputSet;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One call waiting for its answer, shared by the caller that waits and the instance threads that work for it.
///
/// It ends exactly once, in one [Outcome]; whatever comes later is ignored. Rows are copied in and out under
/// its lock and only while it has not ended, so nothing touches the caller's tensor after the call has
/// returned.
final class Entry {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Call call;
    private final long enteredNanos;
    private final List<TensorSpec> outputSpecs;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition hasEnded = lock.newCondition();

    @GuardedBy("lock")
    private List<Tensor> answer = List.of();

    @GuardedBy("lock")
    private int answeredRows;

    @GuardedBy("lock")
    private long startedNanos;

    @GuardedBy("lock")
    private int largestBatch;

    // Written under the lock and read without: whoever holds the queue's lock must not wait for a copy to end.
    private volatile @Nullable Outcome outcome;

    Entry(Call call, long enteredNanos, ModelManifest manifest) {
        this.call = call;
        this.enteredNanos = enteredNanos;
        this.outputSpecs = call.outputs().of(manifest);
    }

    int rows() {
        return call.items().rows();
    }

    int rowBytes() {
        return call.items().itemBytes();
    }

    Lane lane() {
        return call.lane();
    }

    OutputSet outputs() {
        return call.outputs();
    }

    long enteredNanos() {
        return enteredNanos;
    }

    boolean isOpen() {
        return outcome == null;
    }

    /// Copies `count` rows from `from` to row `at` of a batch's input, unless the entry has ended.
    ///
    /// The answer's memory is allocated here, on the gather thread: an entry that is refused or leaves the
    /// queue costs none.
    ///
    /// @return whether the rows are there
    boolean gather(int from, int count, Tensor input, int at) {
        lock.lock();
        try {
            if (outcome != null) {
                return false;
            }
            if (answer.isEmpty()) {
                answer = outputSpecs.stream()
                        .map(spec -> Tensor.allocate(spec, call.items().rows()))
                        .toList();
            }
            call.items().copyRows(from, count, input, at);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A batch of `batchRows` rows that carries some of this entry's is about to run.
    void started(long nowNanos, int batchRows) {
        lock.lock();
        try {
            if (largestBatch == 0) {
                startedNanos = nowNanos;
            }
            largestBatch = Math.max(largestBatch, batchRows);
        } finally {
            lock.unlock();
        }
    }

    boolean hasStarted() {
        lock.lock();
        try {
            return largestBatch > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the answer to `count` rows from `from` out of row `at` of a batch's outputs; the last one ends the
    /// entry.
    void answer(int from, int count, List<Tensor> outputs, int at, long nowNanos) {
        lock.lock();
        try {
            if (outcome != null) {
                return;
            }
            for (int i = 0; i < answer.size(); i++) {
                outputs.get(i).copyRows(at, count, answer.get(i), from);
            }
            answeredRows += count;
            if (answeredRows == call.items().rows()) {
                end(new Outcome.Answered(
                        new Inferred(answer, startedNanos - enteredNanos, nowNanos - startedNanos, largestBatch)));
            }
        } finally {
            lock.unlock();
        }
    }

    void fail(InferenceFailure failure) {
        endUnlessEnded(new Outcome.Failed(failure));
    }

    /// The caller no longer waits.
    void withdraw() {
        endUnlessEnded(new Outcome.Withdrawn());
    }

    /// Fails the entry if its deadline has passed.
    void expire(long nowNanos) {
        if (call.deadline().atNanos() - nowNanos <= 0) {
            lock.lock();
            try {
                if (outcome == null) {
                    end(new Outcome.Failed(deadlineExceeded(nowNanos)));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits for the outcome, at most until the deadline.
    ///
    /// @throws InterruptedException if the caller is interrupted; the entry is still open then
    Outcome await(Ticker ticker) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Outcome ended = outcome;
                if (ended != null) {
                    return ended;
                }
                long remaining = call.deadline().remainingNanos(ticker);
                if (remaining <= 0) {
                    return end(new Outcome.Failed(deadlineExceeded(ticker.nanoTime())));
                }
                hasEnded.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    private void endUnlessEnded(Outcome last) {
        lock.lock();
        try {
            if (outcome == null) {
                end(last);
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Outcome end(Outcome last) {
        outcome = last;
        hasEnded.signalAll();
        return last;
    }

    @GuardedBy("lock")
    private DeadlineExceeded deadlineExceeded(long nowNanos) {
        return new DeadlineExceeded(String.format(
                Locale.ROOT,
                "no answer within %.1f ms: %d of %d rows were inferred after %.1f ms",
                (call.deadline().atNanos() - enteredNanos) / NANOS_PER_MILLI,
                answeredRows,
                call.items().rows(),
                (nowNanos - enteredNanos) / NANOS_PER_MILLI));
    }

    /// How an entry ended.
    sealed interface Outcome {

        record Answered(Inferred inferred) implements Outcome {}

        record Failed(InferenceFailure failure) implements Outcome {}

        record Withdrawn() implements Outcome {}
    }
}
