package dev.fovea.inference;

/// Which queue an entry waits in. An interactive entry never waits behind bulk entries for more than one batch.
public enum Lane {
    /// A caller is waiting: gRPC.
    INTERACTIVE,
    /// Throughput matters: Kafka.
    BULK
}
