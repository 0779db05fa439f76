package dev.fovea.patches.rpc;

import dev.fovea.grpc.ModelMapping;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ServiceInfoGrpc.ServiceInfoImplBase;
import io.grpc.stub.StreamObserver;

/// Says what this process serves, and on which execution providers. Never waits.
public class ServiceInfoGrpcService extends ServiceInfoImplBase {
    private final InfoResponse fixed;
    private final Models models;

    /// @param fixed what does not change while the process runs: service, version, limits, delivery
    public ServiceInfoGrpcService(InfoResponse fixed, Models models) {
        this.fixed = fixed;
        this.models = models;
    }

    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> observer) {
        var response = fixed.toBuilder();
        models.all().forEach(model -> response.addModels(ModelMapping.served(model, models)));
        observer.onNext(response.build());
        observer.onCompleted();
    }
}
