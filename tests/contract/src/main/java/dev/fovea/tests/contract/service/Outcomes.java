package dev.fovea.tests.contract.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What became of each key: its one record on the results or the dead letters topic.
public record Outcomes(Topics topics, Map<String, ConsumerRecord<byte[], byte[]>> byKey) {

    /// Reads committed records until every key has an outcome.
    ///
    /// @throws AssertionError if one has none in time, naming those, or has two
    static Outcomes await(String bootstrapServers, Topics topics, Set<String> keys, Duration limit) {
        Map<String, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "outcomes-" + UUID.randomUUID(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topics.results(), topics.deadLetters()));
            long end = System.nanoTime() + limit.toNanos();
            while (!found.keySet().containsAll(keys)) {
                if (System.nanoTime() > end) {
                    Set<String> missing = new TreeSet<>(keys);
                    missing.removeAll(found.keySet());
                    throw new AssertionError("no outcome within " + limit + " for " + missing);
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (found.put(key, record) != null) {
                        throw new AssertionError(key + " has two outcomes");
                    }
                }
            }
        }
        return new Outcomes(topics, found);
    }

    public boolean isResult(String key) {
        return record(key).topic().equals(topics.results());
    }

    public ConsumerRecord<byte[], byte[]> record(String key) {
        ConsumerRecord<byte[], byte[]> record = byKey.get(key);
        if (record == null) {
            throw new AssertionError("no outcome for " + key);
        }
        return record;
    }

    /// A header's text; empty if it is absent.
    public String header(String key, String name) {
        var header = record(key).headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
