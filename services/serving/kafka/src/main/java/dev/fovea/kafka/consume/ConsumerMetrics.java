package dev.fovea.kafka.consume;

import java.time.Duration;

/// What the consumer reports; called on its own thread, must not block.
public interface ConsumerMetrics {

    /// A record was polled.
    ///
    /// @param sizeBytes key and value
    void consumed(long sizeBytes);

    /// A result became visible.
    ///
    /// @param latency from poll to commit
    void published(Duration latency);

    /// A dead letter became visible.
    void deadLettered(String code);

    /// An attempt failed and will be repeated.
    void retried(String code);

    /// One commit of `records` events succeeded.
    void committed(int records, Duration took);

    /// One commit failed and will be repeated.
    ///
    /// @param cause simple class name of the exception
    void commitFailed(String cause);

    /// What is polled and not yet committed, now.
    void inFlight(int records, long bytes);

    /// Records of the assigned partitions that were not polled yet.
    void lag(long records);

    /// Whether all partitions are paused, reported when that changes.
    void paused(boolean paused);

    /// Reports nothing.
    ConsumerMetrics NONE = new ConsumerMetrics() {
        @Override
        public void consumed(long sizeBytes) {}

        @Override
        public void published(Duration latency) {}

        @Override
        public void deadLettered(String code) {}

        @Override
        public void retried(String code) {}

        @Override
        public void committed(int records, Duration took) {}

        @Override
        public void commitFailed(String cause) {}

        @Override
        public void inFlight(int records, long bytes) {}

        @Override
        public void lag(long records) {}

        @Override
        public void paused(boolean paused) {}
    };
}
