package dev.fovea.retrieval.wiring;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.rpc.GlobalRetrievalGrpcService;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

/// The gRPC entrance as Quarkus' server finds it.
@GrpcService
public class GlobalRetrievalEntrance extends GlobalRetrievalGrpcService {

    @Inject
    public GlobalRetrievalEntrance(Provider<ImageRetriever> retriever, CallExecutor calls, RetrievalConfig config) {
        super(new DeferredRetriever(retriever), calls, config.streamWindow());
    }
}
