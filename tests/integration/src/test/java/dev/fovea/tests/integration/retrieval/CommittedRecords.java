package dev.fovea.tests.integration.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topics as a careful consumer reads them (read_committed), from their beginning. One thread uses it.
final class CommittedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    /// Longer than the service takes for a transaction.
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    CommittedRecords(String bootstrapServers, String... topics) {
        // No group: one would make this consumer itself read again after a rebalance.
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Arrays.stream(topics)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// Everything that the topics hold now.
    static List<ConsumerRecord<byte[], byte[]>> all(String bootstrapServers, String... topics) {
        try (var reader = new CommittedRecords(bootstrapServers, topics)) {
            int end = Math.toIntExact(reader.consumer.endOffsets(reader.consumer.assignment()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
            while (reader.position() < end) {
                reader.poll();
            }
            return reader.records;
        }
    }

    /// Those read so far, each partition's in order.
    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /// Reads until so many have come in all.
    ///
    /// @throws AssertionError if they have not within the limit
    void await(int count, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (records.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(records.size() + " of " + count + " records within " + limit + ", of "
                        + records.stream()
                                .collect(Collectors.groupingBy(ConsumerRecord::topic, Collectors.counting())));
            }
            poll();
        }
    }

    /// Reads what comes within two seconds more: anything published twice would.
    void awaitQuiet() {
        long end = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() < end) {
            poll();
        }
    }

    private void poll() {
        consumer.poll(POLL).forEach(records::add);
    }

    private long position() {
        return consumer.assignment().stream().mapToLong(consumer::position).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
