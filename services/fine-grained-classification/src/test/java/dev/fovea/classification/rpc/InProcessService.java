package dev.fovea.classification.rpc;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.EnsembleMemory;
import dev.fovea.classification.FineGrainedClassificationPipeline;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.classification.RequestBounds;
import dev.fovea.grpc.ServiceInfoGrpcService;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.proto.v1.FineGrainedClassificationGrpc;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.tests.service.InProcessHost;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;

/// The service around models, reached in-process.
public final class InProcessService implements AutoCloseable {
    public static final ClassificationLimits LIMITS = new ClassificationLimits(20, 2, 256);
    private static final int WINDOW = 4;
    private static final int EXPLANATIONS = 2;
    private static final long ENSEMBLE_BYTES = 64 << 20;
    private static final int MESSAGE_BYTES = 64 << 20;

    private final InProcessHost host = new InProcessHost();
    private final FineGrainedClassifier classifier;
    private final ManagedChannel channel;

    /// @param served the first is the default
    public InProcessService(ServingModel... served) {
        List<ServingModel> all = List.of(served);
        var models = new Models(() -> all, all.getFirst().name());
        classifier = new FineGrainedClassificationPipeline(
                models,
                host.images(),
                new RequestBounds(
                        host.cores(),
                        Permits.of("free explanation", "EXPLANATIONS_BUSY", EXPLANATIONS, Ticker.system()),
                        new EnsembleMemory(ENSEMBLE_BYTES)),
                Ticker.system());
        channel = host.serve(
                new FineGrainedClassificationGrpcService(classifier, host.calls(), LIMITS, WINDOW),
                new ServiceInfoGrpcService(
                        "fine-grained-classification", "0.1.0", Map.of("limit", "9 bytes"), "exactly-once", models));
    }

    public FineGrainedClassifier classifier() {
        return classifier;
    }

    public FineGrainedClassificationGrpc.FineGrainedClassificationBlockingStub client() {
        return FineGrainedClassificationGrpc.newBlockingStub(channel).withMaxInboundMessageSize(MESSAGE_BYTES);
    }

    public FineGrainedClassificationGrpc.FineGrainedClassificationStub streamingClient() {
        return FineGrainedClassificationGrpc.newStub(channel);
    }

    public ServiceInfoGrpc.ServiceInfoBlockingStub info() {
        return ServiceInfoGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        host.close();
    }
}
