package dev.fovea.quarkus.health;

import dev.fovea.quarkus.health.ServiceHealth.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness: what the service needs besides its models works.
@Readiness
@Singleton
public final class PartsReadyCheck implements HealthCheck {

    private static final String NAME = "parts";

    private final ServiceHealth health;
    private final HealthResponses responses;

    @Inject
    public PartsReadyCheck(ServiceHealth health, HealthResponses responses) {
        this.health = health;
        this.responses = responses;
    }

    @Override
    public HealthCheckResponse call() {
        List<Finding> findings = health.partsReady();
        return findings.isEmpty() ? HealthCheckResponse.up(NAME) : responses.of(NAME, findings);
    }
}
