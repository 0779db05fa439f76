package dev.fovea.kafka.consume;

import org.apache.kafka.clients.consumer.Consumer;

/// Tells how many records of the assigned partitions were not polled yet; on the thread that owns the consumer.
///
/// The consumer learns where a partition ends when it fetches: while everything is paused the number stands still.
final class LagReport {

    private static final long EVERY_NANOS = 1_000_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Measures measures;
    private long lastNanos;

    LagReport(Consumer<byte[], byte[]> consumer, Measures measures) {
        this.consumer = consumer;
        this.measures = measures;
        this.lastNanos = measures.ticker().nanoTime() - EVERY_NANOS;
    }

    /// At most once a second; a partition of which nothing was fetched yet counts as none.
    void tell() {
        long now = measures.ticker().nanoTime();
        if (now - lastNanos < EVERY_NANOS) {
            return;
        }
        lastNanos = now;
        measures.metrics()
                .lag(consumer.assignment().stream()
                        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                        .sum());
    }
}
