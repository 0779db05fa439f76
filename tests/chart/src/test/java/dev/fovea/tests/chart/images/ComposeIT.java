package dev.fovea.tests.chart.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.ImageEvent;
import dev.fovea.proto.v1.ImageInput;
import dev.fovea.tests.chart.tool.NotVerified;
import dev.fovea.tests.chart.tool.Tool;
import dev.fovea.tests.contract.service.EventLoad;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Everything on one machine: the images are built and started as the file says, and an event goes through.
class ComposeIT {

    private static final String BROKER = "localhost:19092";
    private static final Set<String> RESULTS =
            Set.of("fovea.patch-descriptions", "fovea.classifications", "fovea.embeddings");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private boolean started;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        if (!Tool.works("docker", "compose", "ls")) {
            NotVerified.missing(
                    "docker/compose.yaml runs, and an event goes through all three services", "docker compose");
        }
        started = true;
        compose("up", "--build", "--detach", "--wait", "--wait-timeout", "300");
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (started) {
            compose("down", "--volumes", "--timeout", "40");
        }
    }

    @Test
    void anEventGoesThroughAllThreeServices() throws ExecutionException, InterruptedException {
        String key = UUID.randomUUID().toString();

        send(key);

        assertThat(topicsThatAnswer(key)).isEqualTo(RESULTS);
    }

    private static void send(String key) throws ExecutionException, InterruptedException {
        ByteString jpeg = ByteString.copyFrom(EventLoad.images(1).getFirst());
        byte[] event = ImageEvent.newBuilder()
                .setImage(ImageInput.newBuilder().setContent(jpeg))
                .build()
                .toByteArray();
        ProducerRecord<String, byte[]> entry = new ProducerRecord<>("fovea.images", key, event);
        entry.headers().add("content-type", "application/protobuf".getBytes(UTF_8));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", BROKER),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(entry).get();
        }
    }

    private static Set<String> topicsThatAnswer(String key) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", BROKER);
        settings.put("group.id", "test-" + key);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        Set<String> answered = new TreeSet<>();
        Instant end = Instant.now().plus(PATIENCE);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.copyOf(RESULTS));
            while (answered.size() < RESULTS.size() && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(500)).forEach(answer -> {
                    if (key.equals(answer.key())) {
                        answered.add(answer.topic());
                    }
                });
            }
        }
        return answered;
    }

    private static void compose(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "compose", "-f", "docker/compose.yaml"));
        command.addAll(List.of(words));
        Tool.run(command.toArray(String[]::new));
    }
}
