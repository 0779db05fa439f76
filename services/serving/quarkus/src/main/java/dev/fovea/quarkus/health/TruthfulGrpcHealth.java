package dev.fovea.quarkus.health;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.HashMap;
import java.util.Map;

/// The statuses of grpc.health.v1. Quarkus announces every service as serving as soon as the port listens, long before
/// a model is warm; here a service serves only while [#refresh] says so. Any thread.
@Alternative
@Priority(1)
@ApplicationScoped
public class TruthfulGrpcHealth extends GrpcHealthStorage {

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, ServingStatus> announced = new HashMap<>();

    @GuardedBy("lock")
    private boolean servicesServe;

    @GuardedBy("lock")
    private boolean processIsReady;

    @Override
    public void setStatus(String service, ServingStatus status) {
        synchronized (lock) {
            announced.put(service, status);
            publish(service, status);
        }
    }

    /// @param servicesServe whether calls would be answered: every service by its name
    /// @param processIsReady whether the process as a whole is ready: the empty name
    public void refresh(boolean servicesServe, boolean processIsReady) {
        synchronized (lock) {
            if (this.servicesServe == servicesServe && this.processIsReady == processIsReady) {
                return;
            }
            this.servicesServe = servicesServe;
            this.processIsReady = processIsReady;
            announced.forEach(this::publish);
        }
    }

    @GuardedBy("lock")
    private void publish(String service, ServingStatus status) {
        boolean serves = service.equals(DEFAULT_SERVICE_NAME) ? processIsReady : servicesServe;
        super.setStatus(service, serves ? status : ServingStatus.NOT_SERVING);
    }
}
