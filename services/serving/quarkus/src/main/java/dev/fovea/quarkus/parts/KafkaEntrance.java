package dev.fovea.quarkus.parts;

import dev.fovea.inference.Deadline;
import dev.fovea.kafka.consume.ConsumerState;
import dev.fovea.kafka.consume.EventConsumer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The Kafka entrance of this process: its consumers, or none where Kafka is not enabled. Owns and closes them; any
/// thread may call.
public final class KafkaEntrance implements AutoCloseable {

    private final SequencedMap<String, EventConsumer> consumers;

    /// Takes over the consumers, not started, by their names.
    public KafkaEntrance(SequencedMap<String, EventConsumer> consumers) {
        this.consumers = new LinkedHashMap<>(consumers);
    }

    /// Starts consuming, if this process does; returns at once.
    public void start() {
        consumers.values().forEach(EventConsumer::start);
    }

    /// By the consumers' names; empty where Kafka is not enabled.
    public Map<String, ConsumerState> states() {
        Map<String, ConsumerState> states = new LinkedHashMap<>();
        consumers.forEach((name, consumer) -> states.put(name, consumer.state()));
        return states;
    }

    /// Takes nothing new on any topic, goes on polling, finishes and commits what is in flight.
    ///
    /// @return whether everything was finished and committed
    public boolean drain(Deadline deadline) throws InterruptedException {
        consumers.values().forEach(EventConsumer::stopTaking);
        boolean finished = true;
        for (EventConsumer consumer : consumers.values()) {
            finished &= consumer.drain(deadline);
        }
        return finished;
    }

    @Override
    public void close() {
        consumers.values().forEach(EventConsumer::close);
    }
}
