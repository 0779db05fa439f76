package dev.fovea.kafka;

/// What a crash may do to results.
public enum Delivery {
    /// Results, dead letters and consumed offsets commit in one Kafka transaction. A crash repeats work, never answers.
    EXACTLY_ONCE,
    /// No transaction, lower latency: results are flushed, then offsets are committed. A crash may repeat answers.
    AT_LEAST_ONCE
}
