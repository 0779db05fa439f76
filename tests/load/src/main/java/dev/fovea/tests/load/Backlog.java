package dev.fovea.tests.load;

import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Topics of one run, filled beforehand, and a consumer that times the results.
///
/// @param run names the topics
record Backlog(String bootstrapServers, String run) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    String images() {
        return run + ".images";
    }

    String results() {
        return run + ".results";
    }

    String deadLetters() {
        return run + ".dead-letters";
    }

    void create(int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(
                            new NewTopic(images(), partitions, (short) 1),
                            new NewTopic(results(), partitions, (short) 1),
                            new NewTopic(deadLetters(), partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    void fill(int events, byte[] jpeg) throws Exception {
        // One request at a time: a topic just created answers NOT_LEADER for a moment, and of several requests under
        // way some then fail for good with OUT_OF_ORDER_SEQUENCE_NUMBER.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers, "linger.ms", 20, "max.in.flight.requests.per.connection", 1);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int number = 0; number < events; number++) {
                var event = new ProducerRecord<>(images(), ("image-" + number).getBytes(StandardCharsets.UTF_8), jpeg);
                event.headers().add("content-type", "image/jpeg".getBytes(StandardCharsets.UTF_8));
                sent.add(producer.send(event));
            }
            producer.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    /// Waits until every event has a result.
    ///
    /// @param leftOut share of the events before the clock starts
    /// @throws IllegalStateException if an event became a dead letter, or nothing came for two minutes
    double resultsPerSecond(int events, double leftOut, ServiceProcess service) throws IOException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                run + "-judge",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(results(), deadLetters()));
            int seen = 0;
            int counted = 0;
            long start = 0;
            long last = System.nanoTime();
            while (seen < events) {
                var records = consumer.poll(Duration.ofMillis(100));
                if (records.records(deadLetters()).iterator().hasNext()) {
                    throw new IllegalStateException("an event became a dead letter:\n" + service.tail());
                }
                long now = System.nanoTime();
                if (records.isEmpty() && now - last > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            seen + " of " + events + " results, none for " + PATIENCE + ":\n" + service.tail());
                }
                if (!records.isEmpty()) {
                    last = now;
                    seen += records.count();
                    if (start > 0) {
                        counted += records.count();
                    } else if (seen >= leftOut * events) {
                        start = now;
                    }
                }
            }
            return counted * 1e9 / (last - start);
        }
    }
}
