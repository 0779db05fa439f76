package dev.fovea.inference.batching;

/// What to do with a queue now.
public sealed interface BatchDecision {

    /// Form a batch of at most `size` rows.
    record Dispatch(int size, BatchingMetrics.Dispatch cause) implements BatchDecision {}

    /// Nothing yet; unless the queue changes first, decide again at `nanos` on the ticker's scale.
    record LookAgainAt(long nanos) implements BatchDecision {}

    /// Nothing until the queue changes.
    record Idle() implements BatchDecision {}
}
