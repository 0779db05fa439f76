package dev.fovea.retrieval.wiring;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.retrieval.ImageCollection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/// How many images each open collection holds. Asked of the index when metrics are read; any thread.
final class IndexGauges {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final Ticker ticker;

    IndexGauges(MeterRegistry registry, Ticker ticker) {
        this.registry = registry;
        this.ticker = ticker;
    }

    /// More than once does no harm.
    void watch(ImageCollection collection) {
        Gauge.builder("fovea.index.entries", collection, this::entries)
                .description("Images that searches can find")
                .tag("collection", collection.name())
                .strongReference(true)
                .register(registry);
    }

    /// NaN, which is no value, while the index does not answer.
    private double entries(ImageCollection collection) {
        try {
            return collection.index().stats(Deadline.after(PATIENCE, ticker)).entries();
        } catch (InferenceFailure unknown) {
            return Double.NaN;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Double.NaN;
        }
    }
}
