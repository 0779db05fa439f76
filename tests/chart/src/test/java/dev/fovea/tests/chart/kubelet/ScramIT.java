package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.kubelet.SharedBroker.Listener;
import dev.fovea.tests.chart.render.Rendering;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The three services with users and passwords over TLS, each allowed what its KafkaUser says and nothing else.
class ScramIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "pa55-of-";

    @Test
    void eachServiceWorksWithTheAccessOfItsUserAndTellsNobodyItsPassword() throws Exception {
        SharedBroker broker = SharedBroker.get();
        String plaintext = broker.address(Listener.PLAINTEXT);
        Rendering rendering = Release.withKafka("scram", broker.address(Listener.SCRAM), """
                kafka:
                  security:
                    protocol: SASL_SSL
                    tls: {caSecret: kafka-cluster-ca-cert}
                  strimzi: {user: {enabled: true}}
                """);
        Outside outside = Outside.withModels(Models.image())
                .withSecret("kafka-cluster-ca-cert", Map.of("ca.crt", broker.authority()));
        try (Brokerage brokerage = new Brokerage(plaintext)) {
            brokerage.createTopics(rendering);
            for (Service service : Service.values()) {
                String user = "eye-fovea-" + service.component();
                brokerage.createScramUser(user, PASSWORD + user);
                for (var bindings :
                        Brokerage.access(rendering, user, "User:" + user).values()) {
                    brokerage.allow(bindings);
                }
                outside = outside.withSecret(user, Map.of("password", PASSWORD + user));
            }
        }
        try (Node node = new Node(rendering, outside);
                Images images = new Images(plaintext)) {
            for (Service service : Service.values()) {
                node.start(service.component());
            }
            for (Pod pod : node.pods()) {
                pod.awaitReady(LIMIT);
            }

            Set<String> keys = images.send("scram.images", "image", 3);
            images.sendBroken("scram.images", "broken");

            for (Service service : Service.values()) {
                awaitRecords(plaintext, "scram." + service.results(), keys);
                awaitRecords(plaintext, "scram." + service.component() + ".dead-letters", Set.of("broken"));
            }
            for (Pod pod : node.pods()) {
                assertThat(pod.log()).isNotEmpty().doesNotContain(PASSWORD);
                assertThat(pod.strays()).isEmpty();
            }
        }
    }

    private static void awaitRecords(String bootstrapServers, String topic, Set<String> keys) {
        try (Records records = new Records(bootstrapServers, topic)) {
            records.await(keys, LIMIT);
        }
    }
}
