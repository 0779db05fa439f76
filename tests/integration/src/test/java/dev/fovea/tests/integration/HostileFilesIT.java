package dev.fovea.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Awkward files from strangers, through the topic.
class HostileFilesIT {

    private static final long RESIDENT_LIMIT = 1536L << 20;

    @Test
    void everyHostileFileBecomesAResultOrANamedDeadLetter(@TempDir Path folder) throws Exception {
        Optional<Path> hostile = Checkout.shared("data/hostile");
        assumeTrue(hostile.isPresent(), Checkout.absent("data/hostile"));
        List<Path> files = files(hostile.get());
        Models.buildSiftNet(folder.resolve("models"));
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            Topics.create(broker, 2);
            Map<String, String> configuration = new HashMap<>(Topics.configuration(broker));
            configuration.put(
                    "fovea.models.repository", folder.resolve("models").toString());
            try (ServiceProcess service = ServiceProcess.start(
                    "patch-description", folder.resolve("service.log"), configuration, "-Xmx512m")) {
                send(broker, hostile.get(), files);
                Outcomes outcomes = Outcomes.await(
                        broker.bootstrapServers(),
                        files.stream().map(file -> key(hostile.get(), file)).collect(Collectors.toSet()),
                        Duration.ofMinutes(5));

                assertThat(service.process().isAlive()).isTrue();
                assertThat(service.peakResidentBytes())
                        .as("peak resident bytes")
                        .isLessThan(RESIDENT_LIMIT);
                assertThat(outcomes.byKey()).hasSize(files.size());
                for (Path file : files) {
                    String key = key(hostile.get(), file);
                    if (!outcomes.isResult(key)) {
                        assertDeadLetter(outcomes, key, Files.readAllBytes(file));
                    }
                }
                assertThat(outcomes.byKey().keySet().stream()
                                .filter(outcomes::isResult)
                                .count())
                        .as("files that are images after all")
                        .isGreaterThan(50);
            }
        }
    }

    private static void assertDeadLetter(Outcomes outcomes, String key, byte[] original) {
        assertThat(outcomes.header(key, "dead-letter-code"))
                .as("dead letter code of " + key)
                .matches("(IMAGE|EVENT)_[A-Z_]+");
        assertThat(outcomes.header(key, "dead-letter-reason")).isNotBlank();
        assertThat(outcomes.record(key).value()).isEqualTo(original);
    }

    private static void send(BrokerProcess broker, Path root, List<Path> files) throws Exception {
        Sender sender = new Sender(broker.bootstrapServers());
        for (Path file : files) {
            var event = new ProducerRecord<>(
                    Topics.IMAGES, key(root, file).getBytes(StandardCharsets.UTF_8), Files.readAllBytes(file));
            event.headers().add("Content-Type", "image/jpeg".getBytes(StandardCharsets.UTF_8));
            sender.send(event);
        }
        sender.finish();
    }

    private static String key(Path root, Path file) {
        return root.relativize(file).toString();
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
