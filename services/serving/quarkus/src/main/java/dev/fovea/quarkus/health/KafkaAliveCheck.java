package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Liveness: the threads that own the consumers poll.
@Liveness
@Singleton
public final class KafkaAliveCheck implements HealthCheck {

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public KafkaAliveCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        return responses.of("kafka", health.kafkaAlive());
    }
}
