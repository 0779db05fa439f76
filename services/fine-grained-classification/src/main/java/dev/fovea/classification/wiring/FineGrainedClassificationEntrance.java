package dev.fovea.classification.wiring;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.classification.rpc.FineGrainedClassificationGrpcService;
import dev.fovea.grpc.CallExecutor;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/// The gRPC entrance as Quarkus' server finds it.
@GrpcService
public class FineGrainedClassificationEntrance extends FineGrainedClassificationGrpcService {

    @Inject
    public FineGrainedClassificationEntrance(
            Provider<FineGrainedClassifier> classifier,
            CallExecutor calls,
            ClassificationLimits limits,
            FineGrainedClassificationConfig config) {
        super(new DeferredClassifier(classifier), calls, limits, config.streamWindow());
    }
}
