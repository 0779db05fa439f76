package dev.fovea.quarkus.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness: the process has not been asked to end.
@Readiness
@Singleton
public final class NotDrainingCheck implements HealthCheck {

    private final ServiceHealth health;

    @Inject
    public NotDrainingCheck(ServiceHealth health) {
        this.health = health;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("shutdown")
                .status(!health.draining())
                .withData("state", health.draining() ? "DRAINING" : "RUNNING")
                .build();
    }
}
