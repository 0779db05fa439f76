package dev.fovea.grpc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something again and again, on one daemon thread of its own. A failure is logged and ends nothing.
public final class PeriodicTask implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

    private final ScheduledExecutorService thread;

    /// @param name of the thread
    /// @param interval from the end of one turn to the start of the next; the first turn is one interval from now
    public PeriodicTask(String name, Duration interval, Runnable turn) {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        // Ends with the thread.
        var unused = thread.scheduleWithFixedDelay(
                () -> guarded(name, turn), interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void guarded(String name, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException unexpected) {
            // An exception would end the schedule silently.
            LOG.atError().addKeyValue("task", name).setCause(unexpected).log("a periodic task failed");
        }
    }
}
