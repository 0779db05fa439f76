package dev.fovea.tests.chart.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fovea.tests.chart.render.HelmYaml;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Kafka's topics and users as Strimzi takes them, by the definitions that its own generator writes.
final class StrimziKinds implements Validator.KindsOf {

    private static final String GROUP = "kafka.strimzi.io/";
    private static final String VERSION = "v1";
    private static final Map<String, ClosedSchema> SCHEMAS = generate();

    @Override
    public boolean knows(String apiVersion, String kind) {
        return apiVersion.equals(GROUP + VERSION) && SCHEMAS.containsKey(kind);
    }

    @Override
    public List<String> problems(JsonNode document) {
        return Objects.requireNonNull(SCHEMAS.get(document.path("kind").asText()))
                .problems(document);
    }

    private static Map<String, ClosedSchema> generate() {
        return Map.of(
                "KafkaTopic", schema(KafkaTopic.class),
                "KafkaUser", schema(KafkaUser.class));
    }

    /// The generator is a program: a process of its own keeps its `System.exit` away from the tests.
    private static ClosedSchema schema(Class<?> kind) {
        try {
            Path folder = Files.createDirectories(Path.of("target/definitions")).toAbsolutePath();
            Path definition = folder.resolve(kind.getSimpleName() + ".yaml");
            Process generator = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.strimzi.crdgenerator.CrdGenerator",
                            "--yaml",
                            kind.getName() + "=" + definition)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(generator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (generator.waitFor() != 0) {
                throw new IllegalStateException("the definition of " + kind + " is not generated: " + output);
            }
            return ClosedSchema.ofDefinition(HelmYaml.object(Files.readString(definition)), VERSION);
        } catch (IOException failed) {
            throw new IllegalStateException("the definition of " + kind + " is not generated", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
