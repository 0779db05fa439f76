package dev.fovea.tests.service;

import io.grpc.ManagedChannel;
import io.grpc.reflection.v1.MutinyServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServiceResponse;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;

/// Asks a server what it serves, as `grpcurl … list` does.
public final class Reflection {

    private Reflection() {}

    public static List<String> services(ManagedChannel channel) {
        var request = ServerReflectionRequest.newBuilder().setListServices("").build();
        return MutinyServerReflectionGrpc.newMutinyStub(channel)
                .serverReflectionInfo(Multi.createFrom().item(request))
                .collect()
                .first()
                .await()
                .atMost(Duration.ofSeconds(10))
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
    }
}
