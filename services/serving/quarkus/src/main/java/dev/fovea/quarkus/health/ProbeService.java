package dev.fovea.quarkus.health;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// `grpc.health.v1` with one name for each kind of probe. A check looks at the moment it is asked; a watcher is told
/// at [#refresh]. Any thread.
final class ProbeService extends HealthGrpc.HealthImplBase {

    private final Map<String, BooleanSupplier> probes;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Watcher> watchers = new ArrayList<>();

    /// @param probes by name
    ProbeService(Map<String, BooleanSupplier> probes) {
        this.probes = Map.copyOf(probes);
    }

    /// The probes of a process; the empty name is readiness.
    static ProbeService of(ServiceHealth health) {
        return new ProbeService(Map.of(
                "startup", health::started, "readiness", health::ready, "liveness", health::alive, "", health::ready));
    }

    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        if (known(request, observer)) {
            observer.onNext(response(status(request.getService())));
            observer.onCompleted();
        }
    }

    @Override
    public void watch(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        if (!known(request, observer)) {
            return;
        }
        var call = (ServerCallStreamObserver<HealthCheckResponse>) observer;
        var watcher = new Watcher(request.getService(), call);
        call.setOnCancelHandler(() -> {
            synchronized (lock) {
                watchers.remove(watcher);
            }
        });
        synchronized (lock) {
            watchers.add(watcher);
            watcher.tell(status(request.getService()));
        }
    }

    private boolean known(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
        boolean known = probes.containsKey(request.getService());
        if (!known) {
            observer.onError(Status.NOT_FOUND
                    .withDescription("no probe \"" + request.getService() + "\"; there are startup, readiness, liveness"
                            + " and the empty name")
                    .asRuntimeException());
        }
        return known;
    }

    /// Tells the watchers what has changed.
    void refresh() {
        synchronized (lock) {
            watchers.forEach(watcher -> watcher.tell(status(watcher.name)));
        }
    }

    private ServingStatus status(String name) {
        BooleanSupplier probe = Objects.requireNonNull(probes.get(name), name);
        return probe.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    /// One open stream, and what it was told last.
    private static final class Watcher {
        private final String name;
        private final ServerCallStreamObserver<HealthCheckResponse> call;
        private ServingStatus told = ServingStatus.UNKNOWN;

        Watcher(String name, ServerCallStreamObserver<HealthCheckResponse> call) {
            this.name = name;
            this.call = call;
        }

        void tell(ServingStatus status) {
            if (status != told && !call.isCancelled()) {
                told = status;
                call.onNext(response(status));
            }
        }
    }
}
