package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/// Startup: loading and warming up are over.
@Startup
@Singleton
public final class ModelsStartedCheck implements HealthCheck {

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public ModelsStartedCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        return responses.of("models", health.modelsStarted());
    }
}
