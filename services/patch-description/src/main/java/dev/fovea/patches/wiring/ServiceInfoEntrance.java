package dev.fovea.patches.wiring;

import dev.fovea.grpc.ServiceInfoGrpcService;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.quarkus.ServiceIdentity;
import dev.fovea.quarkus.ServiceLimits;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

/// The self-description as Quarkus' server finds it.
@GrpcService
public class ServiceInfoEntrance extends ServiceInfoGrpcService {

    @Inject
    public ServiceInfoEntrance(
            ServiceIdentity service, ServingConfig serving, PatchDescriptionConfig config, Models models) {
        super(service.name(), service.version(), limits(serving, config), ServiceLimits.delivery(serving), models);
    }

    private static Map<String, String> limits(ServingConfig serving, PatchDescriptionConfig config) {
        Map<String, String> limits = new TreeMap<>(ServiceLimits.of(serving));
        limits.put("fovea.patches.max-patches", config.maxPatches() + " patches");
        limits.put("fovea.patches.max-keypoints", config.maxKeypoints() + " keypoints");
        limits.put("fovea.patches.stream-window", config.streamWindow() + " requests");
        return limits;
    }
}
