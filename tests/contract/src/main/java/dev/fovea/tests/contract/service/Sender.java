package dev.fovea.tests.contract.service;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/// An upstream producer that outlives a broker's restart and lets no failed send go unseen. One thread uses it.
public final class Sender {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();

    Sender(String bootstrapServers, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("enable.idempotence", true);
        // With more, the first batches to a topic just created may be refused out of order for minutes.
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("delivery.timeout.ms", 300_000);
        settings.put("max.request.size", 20 << 20);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void send(String key, byte[] value, Map<String, String> headers) {
        var event = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
        headers.forEach((name, text) -> event.headers().add(name, text.getBytes(UTF_8)));
        sends.add(producer.send(event));
    }

    /// Sends an event that deletes an image: a null value.
    public void sendTombstone(String key) {
        sends.add(producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), null)));
    }

    /// Waits until the broker has everything, and ends the producer.
    ///
    /// @throws ExecutionException if a send failed
    public void finish() throws ExecutionException, InterruptedException {
        try (producer) {
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
        }
    }
}
