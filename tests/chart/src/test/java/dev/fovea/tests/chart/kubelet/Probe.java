package dev.fovea.tests.chart.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// A probe of a container.
///
/// @param port of the container
record Probe(int port, String service, int periodSeconds, int timeoutSeconds, int failureThreshold) {

    static Probe of(JsonNode probe) {
        JsonNode grpc = probe.path("grpc");
        return new Probe(
                required(grpc, "port"),
                grpc.path("service").asText(),
                required(probe, "periodSeconds"),
                required(probe, "timeoutSeconds"),
                required(probe, "failureThreshold"));
    }

    /// How long it may fail before the kubelet acts.
    Duration patience() {
        return Duration.ofSeconds((long) periodSeconds * failureThreshold);
    }

    /// @param hostPort where the port of the container is on this machine
    boolean succeeds(int hostPort) {
        return GrpcHealth.isServing(hostPort, service, timeoutSeconds);
    }

    private static int required(JsonNode object, String field) {
        if (!object.path(field).isInt()) {
            throw new IllegalArgumentException("no number " + field + " in " + object);
        }
        return object.get(field).intValue();
    }
}
