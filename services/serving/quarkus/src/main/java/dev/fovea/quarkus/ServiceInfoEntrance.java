package dev.fovea.quarkus;

import dev.fovea.grpc.ServiceInfoGrpcService;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/// The self-description of any service as Quarkus' server finds it.
@GrpcService
public class ServiceInfoEntrance extends ServiceInfoGrpcService {

    @Inject
    public ServiceInfoEntrance(ServiceIdentity service, ServingConfig serving, OwnLimits own, Models models) {
        super(service.name(), service.version(), own.with(serving), SharedLimits.delivery(serving), models);
    }
}
