package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.kubelet.SharedBroker.Listener;
import dev.fovea.tests.chart.render.Rendering;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// A service that proves who it is with a certificate: it works with the access of its KafkaUser, and stops with any
/// part of that taken away, until it is given back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessIT {

    private static final String USER = "eye-fovea-fine-grained-classification";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /// Many times what an event takes that is answered.
    private static final Duration IN_VAIN = Duration.ofSeconds(3);

    private String plaintext;
    private String key;
    private Map<String, List<AclBinding>> access;
    private Brokerage brokerage;
    private Images images;
    private Node node;
    private Pod pod;

    @BeforeAll
    void startService() throws Exception {
        SharedBroker broker = SharedBroker.get();
        plaintext = broker.address(Listener.PLAINTEXT);
        Rendering rendering = Release.withKafka("access", broker.address(Listener.CERTIFICATES), """
                services:
                  patchDescription: {enabled: false}
                  globalRetrieval: {enabled: false}
                kafka:
                  security:
                    protocol: SSL
                    tls: {caSecret: kafka-cluster-ca-cert}
                  strimzi: {user: {enabled: true, authentication: tls}}
                """);
        access = new TreeMap<>(Brokerage.access(rendering, USER, "User:CN=" + USER));
        brokerage = new Brokerage(plaintext);
        brokerage.createTopics(rendering);
        for (List<AclBinding> bindings : access.values()) {
            brokerage.allow(bindings);
        }
        var certificate = broker.issue(USER);
        key = Files.readString(certificate.key());
        Outside outside = Outside.withModels(Models.image())
                .withSecret("kafka-cluster-ca-cert", Map.of("ca.crt", broker.authority()))
                .withSecret(USER, Map.of("user.crt", Files.readString(certificate.certificate()), "user.key", key));
        images = new Images(plaintext);
        node = new Node(rendering, outside);
        pod = node.start("fine-grained-classification").awaitReady(LIMIT);
    }

    @AfterAll
    void end() {
        node.close();
        images.close();
        brokerage.close();
    }

    @TestFactory
    @Order(1)
    List<DynamicTest> everyPartOfTheAccessIsNeededAndEnough() {
        return access.entrySet().stream()
                .map(part -> DynamicTest.dynamicTest(
                        "without " + part.getKey(), () -> isNeeded(part.getKey(), part.getValue())))
                .toList();
    }

    @Test
    @Order(2)
    void noLineOfTheKeyIsInTheLog() throws Exception {
        String[] lines = key.lines().filter(line -> !line.startsWith("-----")).toArray(String[]::new);

        assertThat(pod.log()).isNotEmpty().doesNotContain(lines);
    }

    @Test
    @Order(2)
    void failedCommitsAreCounted() throws Exception {
        assertThat(pod.metrics()).contains("fovea_kafka_commit_failures_total{");
    }

    private void isNeeded(String part, List<AclBinding> bindings) throws Exception {
        boolean deadLetters = part.endsWith("dead-letters");
        String prefix = part.replace(' ', '-');
        String topic = deadLetters ? "access.fine-grained-classification.dead-letters" : "access.classifications";
        try (Records records = new Records(plaintext, topic)) {
            brokerage.forbid(bindings);
            Set<String> keys = send(prefix, deadLetters);
            assertThat(records.arrive(keys, IN_VAIN))
                    .as("something comes through without %s", part)
                    .isFalse();

            brokerage.allow(bindings);
            records.await(keys, LIMIT);
            assertThat(records.keys()).doesNotHaveDuplicates();
        }
    }

    private Set<String> send(String prefix, boolean deadLetters) {
        if (!deadLetters) {
            return images.send("access.images", prefix, 2);
        }
        images.sendBroken("access.images", prefix);
        return Set.of(prefix);
    }
}
