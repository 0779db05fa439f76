package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Liveness: the threads that own the models' sessions move, and no device is lost.
@Liveness
@Singleton
public final class ModelsAliveCheck implements HealthCheck {

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public ModelsAliveCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        return responses.of("models", health.modelsAlive());
    }
}
