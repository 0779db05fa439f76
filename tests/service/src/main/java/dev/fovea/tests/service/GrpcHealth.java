package dev.fovea.tests.service;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Channel;
import java.util.concurrent.TimeUnit;

/// Asks a server how it is, as an orchestrator does.
public final class GrpcHealth {

    private GrpcHealth() {}

    /// @param service by its full name; empty: the whole server
    public static ServingStatus of(Channel channel, String service) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }
}
