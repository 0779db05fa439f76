package dev.fovea.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.kafka.KafkaSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What Kafka's clients say about the secrets they are given.
class ClientSecretsTest {

    private static final String PASSWORD = "hunter2-and-more";

    @Test
    void aBrokenLoginIsRefusedWithoutThePassword() {
        var clients = KafkaClients.of(KafkaSettings.of("localhost:1", "s", "r")
                .withClientProperties(Map.of(
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.mechanism", "SCRAM-SHA-512",
                        "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"fovea\""
                                        + " password=\"" + PASSWORD + "\"")));

        assertThatThrownBy(clients::consumer)
                .satisfies(
                        refused -> assertThat(trace(refused)).contains("JAAS").doesNotContain(PASSWORD));
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
