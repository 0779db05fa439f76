package dev.fovea.grpc;

import dev.fovea.inference.lifecycle.Models;
import dev.fovea.proto.v1.InfoRequest;
import dev.fovea.proto.v1.InfoResponse;
import dev.fovea.proto.v1.ServiceInfoGrpc.ServiceInfoImplBase;
import io.grpc.stub.StreamObserver;
import java.util.Map;

/// Says what this process serves, and on which execution providers. Never waits.
public class ServiceInfoGrpcService extends ServiceInfoImplBase {
    /// What does not change while the process runs.
    private final InfoResponse fixed;
    private final Models models;

    /// @param limits by configuration key, with unit
    /// @param delivery `exactly-once`, `at-least-once`, or empty where no topic is consumed
    public ServiceInfoGrpcService(
            String service, String version, Map<String, String> limits, String delivery, Models models) {
        this.fixed = InfoResponse.newBuilder()
                .setService(service)
                .setVersion(version)
                .putAllLimits(limits)
                .setDelivery(delivery)
                .build();
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
