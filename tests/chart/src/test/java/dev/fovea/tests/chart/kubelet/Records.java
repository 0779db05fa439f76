package dev.fovea.tests.chart.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The committed records of topics, from their beginning. One thread uses it; whoever makes it closes it.
final class Records implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    Records(String bootstrapServers, String... topics) {
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

    /// Reads until every key has a record.
    ///
    /// @throws AssertionError if one has none in time, naming those
    void await(Set<String> keys, Duration limit) {
        if (!arrive(keys, limit)) {
            Set<String> missing = new TreeSet<>(keys);
            missing.removeAll(new HashSet<>(keys()));
            throw new AssertionError("no record within " + limit + " for " + missing + " on " + consumer.assignment());
        }
    }

    /// Reads until every key has a record, or time is over.
    boolean arrive(Set<String> keys, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!new HashSet<>(keys()).containsAll(keys)) {
            if (System.nanoTime() > end) {
                return false;
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return true;
    }

    /// Reads for a while more: what was published twice would come now.
    void linger(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            consumer.poll(POLL).forEach(records::add);
        }
    }

    /// Of everything read so far, in the order of each partition.
    List<String> keys() {
        return records.stream().map(record -> new String(record.key(), UTF_8)).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
