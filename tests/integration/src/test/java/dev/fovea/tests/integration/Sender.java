package dev.fovea.tests.integration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// An upstream producer that outlives a broker's restart and lets no failed send go unseen.
final class Sender {

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();

    Sender(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("enable.idempotence", true);
        // With more, the first batches to a topic just created may be refused out of order for minutes.
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("delivery.timeout.ms", 300_000);
        settings.put("max.request.size", 20 << 20);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(ProducerRecord<byte[], byte[]> event) {
        sends.add(producer.send(event));
    }

    /// Waits until the broker has everything.
    ///
    /// @throws ExecutionException if a send failed
    void finish() throws ExecutionException, InterruptedException {
        try (producer) {
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        }
    }
}
