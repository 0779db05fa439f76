package dev.fovea.quarkus.health;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import org.junit.jupiter.api.Test;

class TruthfulGrpcHealthTest {

    private static final String SERVICE = "fovea.v1.PatchDescription";

    private final TruthfulGrpcHealth health = new TruthfulGrpcHealth();

    TruthfulGrpcHealthTest() {
        // As Quarkus announces them when the port listens.
        health.setStatus("", ServingStatus.SERVING);
        health.setStatus(SERVICE, ServingStatus.SERVING);
    }

    @Test
    void servesNothingBeforeTheFirstVerdict() {
        assertThat(health.getStatuses().values()).containsOnly(ServingStatus.NOT_SERVING);
    }

    @Test
    void servicesServeAndTheProcessIsNotReadyWhileKafkaIsMissing() {
        health.refresh(true, false);

        assertThat(health.getStatuses())
                .containsEntry(SERVICE, ServingStatus.SERVING)
                .containsEntry("", ServingStatus.NOT_SERVING);
    }

    @Test
    void nothingServesAgainWhenDraining() {
        health.refresh(true, true);
        assertThat(health.getStatuses().values()).containsOnly(ServingStatus.SERVING);

        health.refresh(false, false);

        assertThat(health.getStatuses().values()).containsOnly(ServingStatus.NOT_SERVING);
    }
}
