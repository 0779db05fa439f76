package dev.fovea.inference;

/// Time one request spent in each stage, and the largest batch that carried a part of it.
///
/// @param batchNanos waiting in the queue
/// @param batchRows rows of that batch, 0 if nothing was inferred
public record StageTimings(
        long decodeNanos,
        long preprocessNanos,
        long batchNanos,
        long inferNanos,
        long postprocessNanos,
        int batchRows) {

    public static final StageTimings NONE = new StageTimings(0, 0, 0, 0, 0, 0);

    /// Sums the times of two requests and keeps the larger batch.
    public StageTimings plus(StageTimings other) {
        return new StageTimings(
                decodeNanos + other.decodeNanos,
                preprocessNanos + other.preprocessNanos,
                batchNanos + other.batchNanos,
                inferNanos + other.inferNanos,
                postprocessNanos + other.postprocessNanos,
                Math.max(batchRows, other.batchRows));
    }
}
