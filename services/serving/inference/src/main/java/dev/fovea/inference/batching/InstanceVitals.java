package dev.fovea.inference.batching;

/// What the outside may know about one model instance's owner thread. Immutable; the owner thread publishes a
/// new one whenever it moves.
///
/// @param phase what the thread is doing
/// @param sinceNanos when it began to, on the ticker's scale: the thread's heartbeat
/// @param succeeded whether any run has ever succeeded
/// @param lastSuccessNanos end of the last run that succeeded, warm-up included; meaningless unless `succeeded`
/// @param consecutiveFailures runs that have failed since then
public record InstanceVitals(
        Phase phase, long sinceNanos, boolean succeeded, long lastSuccessNanos, int consecutiveFailures) {

    /// What an owner thread is doing.
    public enum Phase {
        LOADING,
        WARMING,
        /// Waiting for a batch.
        IDLE,
        /// Inside the session.
        RUNNING,
        /// Its session or device is lost for good.
        FAILED,
        /// Its session is closed.
        STOPPED
    }

    static InstanceVitals loading(long nowNanos) {
        return new InstanceVitals(Phase.LOADING, nowNanos, false, 0, 0);
    }

    InstanceVitals in(Phase next, long nowNanos) {
        return new InstanceVitals(next, nowNanos, succeeded, lastSuccessNanos, consecutiveFailures);
    }

    InstanceVitals afterRun(boolean success, long nowNanos) {
        return success
                ? new InstanceVitals(Phase.IDLE, nowNanos, true, nowNanos, 0)
                : new InstanceVitals(Phase.IDLE, nowNanos, succeeded, lastSuccessNanos, consecutiveFailures + 1);
    }

    /// Whether it has neither been lost nor stopped.
    public boolean isThere() {
        return phase != Phase.FAILED && phase != Phase.STOPPED;
    }

    /// Whether it serves: warm, and not lost.
    public boolean isWorking() {
        return phase == Phase.IDLE || phase == Phase.RUNNING;
    }
}
