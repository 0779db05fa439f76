package dev.fovea.quarkus;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out, in its one order: readiness ends; Kafka takes nothing new and goes on polling, so that the group does
/// not rebalance; gRPC refuses new calls; what both have in flight may finish; the batchers refuse; what is queued
/// finishes or fails at the limit; offsets of what finished are committed; for a last moment calls are still refused;
/// the service's own parts and the sessions are closed.
///
/// The batchers refuse only when nothing is in flight any more or the limit is near, because a request that still
/// decodes would otherwise be refused although it was accepted. Runs once; later calls do nothing.
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final long LOOK_AGAIN_NANOS = 10_000_000;

    /// Whoever was just answered and asks again is refused; without this pause it could meet a server that closes, and
    /// take a torn stream for an error of ours.
    private static final long LAST_REFUSALS_NANOS = 500_000_000;

    private final Parts parts;
    private final Duration limit;
    private final Ticker ticker;
    private final Pause pause;
    private final Executor threads;
    private final AtomicBoolean begun = new AtomicBoolean();

    /// @param limit how long all of it may take, on the ticker's scale
    /// @param pause between two looks at what is in flight
    public Drain(Parts parts, Duration limit, Ticker ticker, Pause pause, Executor threads) {
        this.parts = parts;
        this.limit = limit;
        this.ticker = ticker;
        this.pause = pause;
        this.threads = threads;
    }

    /// Returns when everything is finished, or shortly after the limit.
    public void run() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        long startNanos = ticker.nanoTime();
        LOG.atInfo().addKeyValue("limit", limit).log("draining: readiness is off");
        boolean finished = false;
        try {
            parts.endReadiness();
            finished = finish(Deadline.after(limit, ticker));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            parts.close();
        }
        LOG.atInfo()
                .addKeyValue("finished", finished)
                .addKeyValue("took", Duration.ofNanos(ticker.nanoTime() - startNanos))
                .log("drained: sessions are closed");
    }

    private boolean finish(Deadline deadline) throws InterruptedException {
        var kafka = new FutureTask<>(drainKafka(deadline));
        threads.execute(kafka);
        parts.refuseCalls();
        LOG.atInfo().log("draining: Kafka is paused, gRPC refuses new calls");
        boolean idle = awaitIdle(kafka, deadline);
        parts.drainModels(deadline);
        LOG.atInfo().addKeyValue("idle", idle).log("draining: the batchers refuse, their queues are empty");
        if (idle) {
            pause.nanos(Math.clamp(deadline.remainingNanos(ticker), 0, LAST_REFUSALS_NANOS));
        }
        try {
            return kafka.get() && idle;
        } catch (ExecutionException failed) {
            LOG.atWarn().setCause(failed).log("draining: Kafka failed; uncommitted events will be read again");
            return false;
        }
    }

    private Callable<Boolean> drainKafka(Deadline deadline) {
        return () -> parts.drainKafka(deadline);
    }

    private boolean awaitIdle(FutureTask<Boolean> kafka, Deadline deadline) throws InterruptedException {
        while (!deadline.hasPassed(ticker)) {
            if (parts.callsAreDone() && kafka.isDone()) {
                return true;
            }
            pause.nanos(LOOK_AGAIN_NANOS);
        }
        return false;
    }

    /// Lets time pass on the ticker's scale.
    @FunctionalInterface
    public interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /// What is drained.
    public interface Parts {

        /// From now on every probe says not ready.
        void endReadiness();

        /// Takes nothing new and goes on polling; returns when what is in flight is committed or the deadline has
        /// passed.
        ///
        /// @return whether everything was finished and committed
        boolean drainKafka(Deadline deadline) throws InterruptedException;

        /// From now on new calls are refused as unavailable.
        void refuseCalls();

        /// Whether no call is being worked on.
        boolean callsAreDone();

        /// Batchers refuse new entries; queued ones finish or fail at the deadline.
        void drainModels(Deadline deadline) throws InterruptedException;

        /// Leaves the consumer groups after a last commit, closes the service's own parts and closes the sessions, in
        /// this order.
        void close();
    }
}
