package dev.fovea.quarkus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Lane;
import dev.fovea.inference.batching.BatchingMetrics.BatchRun;
import dev.fovea.inference.batching.BatchingMetrics.Cause;
import dev.fovea.inference.batching.BatchingMetrics.Dispatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerBatchingMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerBatchingMetrics metrics = new MicrometerBatchingMetrics(registry, "siftnet@1");

    @Test
    void splitsABatchesTimeByLaneModelAndBucket() {
        metrics.ran(new BatchRun(Dispatch.DELAY, 5, 8, 5, 1_000, 2_000, 3_000, 4_000, false));

        assertThat(total("fovea.batch.queue", "interactive")).isEqualTo(1_000);
        assertThat(total("fovea.batch.input", "interactive")).isEqualTo(2_000);
        assertThat(total("fovea.batch.infer", "interactive")).isEqualTo(3_000);
        assertThat(total("fovea.batch.output", "interactive")).isEqualTo(4_000);
        assertThat(registry.get("fovea.batch.padding")
                        .tag("bucket", "8")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("fovea.batch.dispatched")
                        .tags("cause", "delay", "outcome", "answered")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void namesTheLaneOfABatchByItsRows() {
        metrics.ran(run(4, 0));
        metrics.ran(run(4, 1));

        assertThat(total("fovea.batch.infer", "bulk")).isEqualTo(1);
        assertThat(total("fovea.batch.infer", "mixed")).isEqualTo(1);
    }

    @Test
    void countsWhatIsRefusedAndAbandoned() {
        metrics.refused(Lane.BULK, "QUEUE_FULL");
        metrics.abandoned(Lane.INTERACTIVE, Cause.EXPIRED);

        assertThat(registry.get("fovea.entries.refused")
                        .tags("lane", "bulk", "code", "QUEUE_FULL", "model", "siftnet@1")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("fovea.entries.abandoned")
                        .tags("lane", "interactive", "cause", "expired")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void showsTheQueueAsItIsNow() {
        metrics.queued(7, 11, 4096);

        assertThat(registry.get("fovea.queue.rows")
                        .tag("lane", "interactive")
                        .gauge()
                        .value())
                .isEqualTo(7);
        assertThat(registry.get("fovea.queue.rows").tag("lane", "bulk").gauge().value())
                .isEqualTo(11);
        assertThat(registry.get("fovea.queue.bytes").gauge().value()).isEqualTo(4096);
    }

    private double total(String timer, String lane) {
        return registry.get(timer)
                .tags("lane", lane, "model", "siftnet@1")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS);
    }

    private static BatchRun run(int rows, int interactiveRows) {
        return new BatchRun(Dispatch.FULL, rows, rows, interactiveRows, 1, 1, 1, 1, false);
    }
}
