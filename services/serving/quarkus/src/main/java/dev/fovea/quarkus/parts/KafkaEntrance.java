package dev.fovea.quarkus.parts;

import dev.fovea.inference.Deadline;
import dev.fovea.kafka.consume.ConsumerState;
import dev.fovea.kafka.consume.ImageEventConsumer;
import java.util.Optional;

/// The Kafka entrance of this process, or its absence. Owns the consumer and closes it; any thread may call.
public final class KafkaEntrance implements AutoCloseable {

    private final Optional<ImageEventConsumer> consumer;

    /// Takes over the consumer, not started.
    public KafkaEntrance(Optional<ImageEventConsumer> consumer) {
        this.consumer = consumer;
    }

    /// Starts consuming, if this process does; returns at once.
    public void start() {
        consumer.ifPresent(ImageEventConsumer::start);
    }

    /// Empty where Kafka is not enabled.
    public Optional<ConsumerState> state() {
        return consumer.map(ImageEventConsumer::state);
    }

    /// Takes nothing new, goes on polling, finishes and commits what is in flight.
    ///
    /// @return whether everything was finished and committed
    public boolean drain(Deadline deadline) throws InterruptedException {
        return consumer.isEmpty() || consumer.get().drain(deadline);
    }

    @Override
    public void close() {
        consumer.ifPresent(ImageEventConsumer::close);
    }
}
