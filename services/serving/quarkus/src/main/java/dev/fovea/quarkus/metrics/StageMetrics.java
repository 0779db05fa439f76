package dev.fovea.quarkus.metrics;

import dev.fovea.inference.Lane;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageTimings;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/// Time that answered requests spent in each stage. Any thread.
public final class StageMetrics {

    private final MeterProvider<Timer> stages;

    public StageMetrics(MeterRegistry registry) {
        stages = Durations.timer("fovea.stage.duration", "Time of one answered request in one stage")
                .withRegistry(registry);
    }

    /// Records the stages of one answered request.
    public void answered(StageTimings timings, Lane lane) {
        record(Stage.DECODE, timings.decodeNanos(), lane);
        record(Stage.PREPROCESS, timings.preprocessNanos(), lane);
        record(Stage.BATCH, timings.batchNanos(), lane);
        record(Stage.INFER, timings.inferNanos(), lane);
        record(Stage.POSTPROCESS, timings.postprocessNanos(), lane);
    }

    private void record(Stage stage, long nanos, Lane lane) {
        stages.withTags("stage", stage.label(), "lane", lane.name().toLowerCase(Locale.ROOT))
                .record(Duration.ofNanos(nanos));
    }
}
