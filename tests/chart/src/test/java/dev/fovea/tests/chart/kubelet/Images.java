package dev.fovea.tests.chart.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.tests.contract.service.EventLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Small pictures, and their way into a topic. Any thread; whoever makes it closes it.
final class Images implements AutoCloseable {

    private static final List<byte[]> FILES = EventLoad.images(7);

    private final KafkaProducer<byte[], byte[]> producer;

    Images(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ByteString one() {
        return ByteString.copyFrom(FILES.getFirst());
    }

    /// Sends image files with the keys `prefix-0`, `prefix-1` and so on.
    ///
    /// @return the keys
    Set<String> send(String topic, String prefix, int count) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int number = 0; number < count; number++) {
            files.put(prefix + "-" + number, FILES.get(number % FILES.size()));
        }
        send(topic, files);
        return files.keySet();
    }

    /// Sends what is no image.
    void sendBroken(String topic, String key) {
        send(topic, Map.of(key, new byte[] {1, 2, 3}));
    }

    private void send(String topic, Map<String, byte[]> files) {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        files.forEach((key, file) -> {
            var record = new ProducerRecord<>(topic, key.getBytes(UTF_8), file);
            record.headers().add("content-type", "image/jpeg".getBytes(UTF_8));
            sends.add(producer.send(record));
        });
        producer.flush();
        assertThat(sends).allMatch(sent -> sent.state() == Future.State.SUCCESS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
