package dev.fovea.tests.chart.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.tests.chart.kubelet.SharedBroker.Listener;
import dev.fovea.tests.chart.render.Rendering;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A service that gets tokens from an endpoint with an authority of its own, and shows them to a broker that checks
/// their signatures.
class OauthIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SERVICE = "patch-description";
    private static final String ONE_SERVICE = """
            services:
              fineGrainedClassification: {enabled: false}
              globalRetrieval: {enabled: false}
            """;

    @Test
    void aServiceWorksWithTokensAndTellsNobodyItsSecret() throws Exception {
        SharedBroker broker = SharedBroker.get();
        String plaintext = broker.address(Listener.PLAINTEXT);
        Rendering rendering = Release.withKafka(
                "oauth",
                broker.address(Listener.TOKENS),
                ONE_SERVICE + """
                        kafka:
                          security:
                            protocol: SASL_SSL
                            sasl:
                              mechanism: OAUTHBEARER
                              existingSecret: kafka-oauth
                              oauth: {tokenEndpoint: "%s", scope: kafka, caSecret: login-ca}
                            tls: {caSecret: kafka-ca}
                        """.formatted(broker.issuer().endpoint()));
        Outside outside = Outside.withModels(Models.image())
                .withSecret("kafka-ca", Map.of("ca.crt", broker.authority()))
                .withSecret("login-ca", Map.of("ca.crt", broker.authority()))
                .withSecret(
                        "kafka-oauth", Map.of("client-id", TokenIssuer.CLIENT, "client-secret", TokenIssuer.SECRET));
        try (Brokerage brokerage = new Brokerage(plaintext)) {
            brokerage.createTopics(rendering);
            allow(brokerage, plaintext);
        }
        try (Node node = new Node(rendering, outside);
                Images images = new Images(plaintext);
                Records records = new Records(plaintext, "oauth.patch-descriptions")) {
            Pod pod = node.start(SERVICE).awaitReady(LIMIT);

            Set<String> keys = images.send("oauth.images", "image", 3);

            records.await(keys, LIMIT);
            assertThat(broker.issuer().given()).isPositive();
            assertThat(pod.log()).isNotEmpty().doesNotContain(TokenIssuer.SECRET);
        }
    }

    /// What the service's KafkaUser would be allowed: Strimzi makes none for tokens.
    private static void allow(Brokerage brokerage, String address) throws Exception {
        Rendering withUser = Release.withKafka("oauth", address, ONE_SERVICE + """
                        kafka:
                          security: {protocol: SASL_SSL, tls: {caSecret: kafka-ca}}
                          strimzi: {user: {enabled: true}}
                        """);
        var access = Brokerage.access(withUser, "eye-fovea-" + SERVICE, "User:" + TokenIssuer.SUBJECT);
        for (var bindings : access.values()) {
            brokerage.allow(bindings);
        }
    }
}
