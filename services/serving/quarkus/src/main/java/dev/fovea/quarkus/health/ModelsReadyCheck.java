package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness: every model is warm and would answer known-good input.
@Readiness
@Singleton
public final class ModelsReadyCheck implements HealthCheck {

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public ModelsReadyCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        return responses.of("models", health.modelsReady());
    }
}
