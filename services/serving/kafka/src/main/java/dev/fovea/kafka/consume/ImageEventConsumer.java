package dev.fovea.kafka.consume;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.kafka.EventListener;
import dev.fovea.kafka.KafkaSettings;

/// Consumes image events and publishes results in input order, exactly once or at least once.
@SuppressWarnings("DoNotCallSuggester") // for the moment
public final class ImageEventConsumer implements AutoCloseable {

    /// Connects to nothing before [#start].
    public ImageEventConsumer(KafkaSettings settings, EventListener listener, ConsumerMetrics metrics, Ticker ticker) {
        throw new UnsupportedOperationException();
    }

    /// Starts the owning thread and returns at once; brokers may be away.
    public void start() {
        throw new UnsupportedOperationException();
    }

    /// Takes nothing new, finishes and commits what is in flight, and goes on polling so that the group does not
    /// rebalance; returns when that is done or the deadline has passed.
    ///
    /// @return whether everything in flight was finished and committed
    public boolean drain(Deadline deadline) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Commits what is finished, interrupts the rest, leaves the group and ends the thread; waits for that.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /// Never blocks; any thread.
    public ConsumerState state() {
        throw new UnsupportedOperationException();
    }
}
