package dev.fovea.patches.wiring;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchLimits;
import dev.fovea.patches.rpc.PatchDescriptionGrpcService;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/// The gRPC entrance as Quarkus' server finds it.
@GrpcService
public class PatchDescriptionEntrance extends PatchDescriptionGrpcService {

    @Inject
    public PatchDescriptionEntrance(
            Provider<PatchDescriber> describer, CallExecutor calls, PatchLimits limits, PatchDescriptionConfig config) {
        super(new DeferredPatchDescriber(describer), calls, limits, config.streamWindow());
    }
}
