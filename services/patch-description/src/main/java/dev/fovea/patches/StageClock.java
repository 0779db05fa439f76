package dev.fovea.patches;

import dev.fovea.inference.Stage;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.Inferred;
import java.util.EnumMap;
import java.util.Map;

/// Measures the stages of one request; owned by its thread.
final class StageClock {
    private final Ticker ticker;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private long mark;

    StageClock(Ticker ticker) {
        this.ticker = ticker;
        this.mark = ticker.nanoTime();
    }

    /// The time since the last call, or since the start, was spent in `stage`.
    void ended(Stage stage) {
        long now = ticker.nanoTime();
        nanos.merge(stage, now - mark, Long::sum);
        mark = now;
    }

    /// The time since the last call was spent waiting for a core, which belongs to no stage.
    void waited() {
        mark = ticker.nanoTime();
    }

    /// The batcher measured its own two stages.
    void ended(Inferred inferred) {
        mark = ticker.nanoTime();
        nanos.merge(Stage.BATCH, inferred.queueNanos(), Long::sum);
        nanos.merge(Stage.INFER, inferred.inferNanos(), Long::sum);
    }

    StageTimings timings(int batchRows) {
        return new StageTimings(
                of(Stage.DECODE),
                of(Stage.PREPROCESS),
                of(Stage.BATCH),
                of(Stage.INFER),
                of(Stage.POSTPROCESS),
                batchRows);
    }

    private long of(Stage stage) {
        return nanos.getOrDefault(stage, 0L);
    }
}
