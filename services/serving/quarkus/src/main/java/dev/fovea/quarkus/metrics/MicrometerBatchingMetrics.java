package dev.fovea.quarkus.metrics;

import dev.fovea.inference.Lane;
import dev.fovea.inference.batching.BatchingMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Batches of one model: Triton's split of their time, their fill, their causes, and the queue. Any thread.
///
/// A batch's lane is `interactive`, `bulk` or `mixed`.
public final class MicrometerBatchingMetrics implements BatchingMetrics {

    private final MeterProvider<Timer> queue;
    private final MeterProvider<Timer> input;
    private final MeterProvider<Timer> infer;
    private final MeterProvider<Timer> output;
    private final MeterProvider<DistributionSummary> rows;
    private final MeterProvider<Counter> padding;
    private final MeterProvider<Counter> dispatched;
    private final MeterProvider<Counter> entered;
    private final MeterProvider<Counter> abandoned;
    private final MeterProvider<Counter> refused;
    private final AtomicLong interactiveRows = new AtomicLong();
    private final AtomicLong bulkRows = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();

    /// @param model `name@version`, the tag of every meter here
    public MicrometerBatchingMetrics(MeterRegistry registry, String model) {
        Tags tags = Tags.of("model", model);
        queue = Durations.timer("fovea.batch.queue", "Longest wait of a batch's entries")
                .tags(tags)
                .withRegistry(registry);
        input = Timer.builder("fovea.batch.input")
                .description("Gathering a batch's rows")
                .tags(tags)
                .withRegistry(registry);
        infer = Durations.timer("fovea.batch.infer", "One run of the model")
                .tags(tags)
                .withRegistry(registry);
        output = Timer.builder("fovea.batch.output")
                .description("Handing a batch's answers out")
                .tags(tags)
                .withRegistry(registry);
        rows = DistributionSummary.builder("fovea.batch.rows")
                .description("Rows of a batch before padding")
                .tags(tags)
                .withRegistry(registry);
        padding = counter("fovea.batch.padding", "Rows of zeros that filled buckets up", tags, registry);
        dispatched = counter("fovea.batch.dispatched", "Batches, by cause and outcome", tags, registry);
        entered = counter("fovea.entries.rows", "Rows that entered the queue", tags, registry);
        abandoned = counter("fovea.entries.abandoned", "Entries that left the queue unanswered", tags, registry);
        refused = counter("fovea.entries.refused", "Entries that were not let in", tags, registry);
        gauge("fovea.queue.rows", interactiveRows, tags.and("lane", label(Lane.INTERACTIVE)), registry);
        gauge("fovea.queue.rows", bulkRows, tags.and("lane", label(Lane.BULK)), registry);
        gauge("fovea.queue.bytes", queuedBytes, tags, registry);
    }

    @Override
    public void entered(Lane lane, int count) {
        entered.withTag("lane", label(lane)).increment(count);
    }

    @Override
    public void abandoned(Lane lane, Cause cause) {
        abandoned.withTags("lane", label(lane), "cause", label(cause)).increment();
    }

    @Override
    public void refused(Lane lane, String code) {
        refused.withTags("lane", label(lane), "code", code).increment();
    }

    @Override
    public void ran(BatchRun run) {
        Tags tags = Tags.of("lane", lane(run), "bucket", Integer.toString(run.bucket()));
        queue.withTags(tags).record(Duration.ofNanos(run.queueNanos()));
        input.withTags(tags).record(Duration.ofNanos(run.inputNanos()));
        infer.withTags(tags).record(Duration.ofNanos(run.inferNanos()));
        output.withTags(tags).record(Duration.ofNanos(run.outputNanos()));
        rows.withTags(tags).record(run.rows());
        padding.withTags(tags).increment(run.bucket() - run.rows());
        dispatched
                .withTags("cause", label(run.dispatch()), "outcome", run.failed() ? "failed" : "answered")
                .increment();
    }

    @Override
    public void queued(int interactive, int bulk, long bytes) {
        interactiveRows.set(interactive);
        bulkRows.set(bulk);
        queuedBytes.set(bytes);
    }

    private static String lane(BatchRun run) {
        if (run.interactiveRows() == run.rows()) {
            return label(Lane.INTERACTIVE);
        }
        return run.interactiveRows() == 0 ? label(Lane.BULK) : "mixed";
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static MeterProvider<Counter> counter(String name, String what, Tags tags, MeterRegistry registry) {
        return Counter.builder(name).description(what).tags(tags).withRegistry(registry);
    }

    private static void gauge(String name, AtomicLong value, Tags tags, MeterRegistry registry) {
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .description("Waiting now")
                .tags(tags)
                .register(registry);
    }
}
