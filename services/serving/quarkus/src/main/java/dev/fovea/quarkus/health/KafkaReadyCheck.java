package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness: every consumer has partitions assigned, or they are not required.
@Readiness
@Singleton
public final class KafkaReadyCheck implements HealthCheck {

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public KafkaReadyCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        return responses.of("kafka", health.kafkaReady());
    }
}
