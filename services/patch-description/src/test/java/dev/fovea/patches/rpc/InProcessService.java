package dev.fovea.patches.rpc;

import dev.fovea.grpc.ServiceInfoGrpcService;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchDescriptionPipeline;
import dev.fovea.patches.PatchLimits;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import dev.fovea.tests.service.InProcessHost;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;

/// The service around a model, reached in-process.
public final class InProcessService implements AutoCloseable {
    public static final PatchLimits LIMITS = new PatchLimits(400, 300);
    private static final int WINDOW = 4;

    private final InProcessHost host = new InProcessHost();
    private final PatchDescriber describer;
    private final ManagedChannel channel;

    public InProcessService(ServingModel model) {
        var models = new Models(() -> List.of(model), model.name());
        describer = new PatchDescriptionPipeline(models, host.images(), host.cores(), LIMITS, Ticker.system());
        channel = host.serve(
                new PatchDescriptionGrpcService(describer, host.calls(), LIMITS, WINDOW),
                new ServiceInfoGrpcService(
                        "patch-description", "0.1.0", Map.of("limit", "9 bytes"), "exactly-once", models));
    }

    public PatchDescriber describer() {
        return describer;
    }

    public PatchDescriptionGrpc.PatchDescriptionBlockingStub client() {
        return PatchDescriptionGrpc.newBlockingStub(channel);
    }

    public PatchDescriptionGrpc.PatchDescriptionStub streamingClient() {
        return PatchDescriptionGrpc.newStub(channel);
    }

    public ServiceInfoGrpc.ServiceInfoBlockingStub info() {
        return ServiceInfoGrpc.newBlockingStub(channel);
    }

    @Override
    public void close() {
        host.close();
    }
}
