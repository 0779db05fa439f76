package dev.fovea.kafka.consume;

import dev.fovea.kafka.Delivery;
import dev.fovea.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The properties of both Kafka clients: what delivery depends on is fixed, the rest may be overridden.
final class ClientProperties {

    /// The longest one call to a broker, or to make writes durable, may block the owning thread.
    static final int BLOCK_MILLIS = 15_000;

    // Longer than a revocation may drain (60 s at most) and than a commit that fails in every step may block.
    private static final int MAX_POLL_INTERVAL_MILLIS = 180_000;
    private static final int REQUEST_MILLIS = 10_000;
    // How long a transaction of a crashed worker may hold up readers of committed records.
    private static final int TRANSACTION_MILLIS = 10_000;
    // Headers that a dead letter adds to a record of the greatest size.
    private static final int DEAD_LETTER_HEADERS_BYTES = 64 << 10;
    private static final int FETCH_PARTITION_BYTES = 4 << 20;

    private static final Set<String> FIXED = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);

    private ClientProperties() {}

    static Map<String, Object> consumer(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes(settings));
        properties.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Math.min(FETCH_PARTITION_BYTES, fetchBytes(settings)));
        addOwn(properties, settings, "consumer.", "producer.");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.worker().groupId());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BackPressure.recordsPerPoll(settings.inFlight()));
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // Names a property with a wrong value now instead of when the thread connects.
        ConsumerConfig.configDef().parse(properties);
        return properties;
    }

    static Map<String, Object> producer(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        // Everything is sent at once and flushed by the commit.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        int request = settings.publishing().maxRecordBytes() + DEAD_LETTER_HEADERS_BYTES;
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, request);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(64L << 20, 2L * request));
        addOwn(properties, settings, "producer.", "consumer.");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        if (settings.publishing().delivery() == Delivery.EXACTLY_ONCE) {
            properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
            properties.put(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.worker().transactionalId());
        }
        ProducerConfig.configDef().parse(properties);
        return properties;
    }

    // One fetch is one poll's excess over the bytes in flight, and is held by the client besides.
    private static int fetchBytes(KafkaSettings settings) {
        return (int) Math.clamp(settings.inFlight().maxBytes() / 4, 1L << 20, 50L << 20);
    }

    private static void addOwn(
            Map<String, Object> properties, KafkaSettings settings, String prefix, String otherPrefix) {
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                settings.worker().name() + "-" + settings.worker().instanceId());
        settings.clientProperties().forEach((key, value) -> {
            if (!key.startsWith(otherPrefix)) {
                String name = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
                refuseFixed(key, name);
                properties.put(name, value);
            }
        });
    }

    private static void refuseFixed(String key, String name) {
        if (FIXED.contains(name)) {
            throw new IllegalArgumentException("the Kafka client property " + key
                    + " cannot be set: delivery depends on it, or another setting says it; these are fixed: "
                    + new TreeSet<>(FIXED));
        }
    }
}
