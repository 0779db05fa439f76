package dev.fovea.inference;

import java.util.EnumMap;
import java.util.Map;

/// Measures the stages of one request; owned by its thread.
public final class StageClock {
    private final Ticker ticker;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private long mark;

    /// Starts the first stage.
    public StageClock(Ticker ticker) {
        this.ticker = ticker;
        this.mark = ticker.nanoTime();
    }

    /// The time since the last call, or since the start, was spent in `stage`.
    public void ended(Stage stage) {
        long now = ticker.nanoTime();
        nanos.merge(stage, now - mark, Long::sum);
        mark = now;
    }

    /// The time since the last call was spent waiting for a permit, which belongs to no stage.
    public void waited() {
        mark = ticker.nanoTime();
    }

    /// The time since the last call was spent in the batcher, which measured its own two stages.
    public void inferred(long queueNanos, long inferNanos) {
        mark = ticker.nanoTime();
        nanos.merge(Stage.BATCH, queueNanos, Long::sum);
        nanos.merge(Stage.INFER, inferNanos, Long::sum);
    }

    /// @param batchRows rows of the batch that carried the request; 0 if none did
    public StageTimings timings(int batchRows) {
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
