package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.InferenceFailure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads that write files. Callers may be interrupted, and an interrupt in the middle of a write
/// closes the file under Lucene, which then closes the whole index; so callers only wait, and these threads
/// are never interrupted.
final class OwnThreads implements AutoCloseable {

    private final ExecutorService executor;
    private final IndexHealth health;
    private final Ticker ticker;

    OwnThreads(String name, int threads, IndexHealth health, Ticker ticker) {
        this.executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name, 0).daemon().factory());
        this.health = health;
        this.ticker = ticker;
    }

    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException closed) {
            throw health.failure(closed);
        }
    }

    /// Runs the task; one whose caller gave up before it began is not run.
    <T> T call(Callable<T> task, Deadline deadline) throws InterruptedException {
        deadline.requireWanted(ticker, "the index was written");
        Future<T> answer;
        try {
            answer = executor.submit(task);
        } catch (RejectedExecutionException closed) {
            throw health.failure(closed);
        }
        try {
            return await(answer, deadline);
        } finally {
            answer.cancel(false);
        }
    }

    /// The answer of a task on these threads, or its failure as the port says it.
    <T> T await(Future<T> answer, Deadline deadline) throws InterruptedException {
        try {
            return answer.get(Math.max(0, deadline.remainingNanos(ticker)), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new DeadlineExceeded("the deadline passed while the index was writing");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw cause instanceof InferenceFailure known ? known : health.failure(cause);
        }
    }

    /// Returns when everything that was accepted is done.
    @Override
    public void close() {
        executor.close();
    }
}
