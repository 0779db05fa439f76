package dev.fovea.quarkus.health;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Probes the models at an interval, running stored samples where traffic has been failing or absent, and passes the
/// verdict on. Owns one platform thread; whoever starts it closes it.
public final class Prober implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private final List<ModelLifecycle> models;
    private final Timing timing;
    private final Ticker ticker;
    private final Runnable afterwards;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fovea-prober").daemon().factory());

    /// @param afterwards passes the verdict on; runs on the prober's thread
    public Prober(List<ModelLifecycle> models, Timing timing, Ticker ticker, Runnable afterwards) {
        this.models = List.copyOf(models);
        this.timing = timing;
        this.ticker = ticker;
        this.afterwards = afterwards;
    }

    /// @param interval from the end of one probe to the start of the next
    /// @param sampleTimeout how long one model's stored sample may take
    public record Timing(Duration interval, Duration sampleTimeout) {}

    public void start() {
        // Ends with the thread; a probe reports its own failures.
        var unused =
                thread.scheduleWithFixedDelay(this::probe, 0, timing.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Passes the verdict on soon, without probing; for changes that are known at once.
    public void soon() {
        try {
            thread.execute(afterwards);
        } catch (RejectedExecutionException closed) {
            // Closed meanwhile: nobody asks any more.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void probe() {
        try {
            for (ModelLifecycle model : models) {
                model.probe(Deadline.after(timing.sampleTimeout(), ticker));
            }
            afterwards.run();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            // An exception would end the schedule silently, and with it the truth.
            LOG.atError().setCause(unexpected).log("a probe failed");
        }
    }
}
