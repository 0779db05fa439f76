package dev.fovea.patches.rpc;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.ServiceInfoGrpcService;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchDescriptionPipeline;
import dev.fovea.patches.PatchLimits;
import dev.fovea.proto.v1.PatchDescriptionGrpc;
import dev.fovea.proto.v1.ServiceInfoGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The service around a model, reached in-process.
public final class InProcessService implements AutoCloseable {
    public static final PatchLimits LIMITS = new PatchLimits(400, 300);
    private static final int WINDOW = 4;

    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final ReferenceFetcher fetcher = new ReferenceFetcher(FetchPolicy.nothing());
    private final PatchDescriber describer;
    private final Server server;
    private final ManagedChannel channel;

    public InProcessService(ServingModel model) {
        var models = new Models(() -> List.of(model), model.name());
        Permits cores = Permits.ofCores(2, Ticker.system());
        var images = new ImageReader(fetcher, decoder, Permits.ofFetches(2, Ticker.system()), cores);
        describer = new PatchDescriptionPipeline(models, images, cores, LIMITS, Ticker.system());
        var calls = new CallExecutor(
                Thread.ofVirtual().factory(),
                new StatusMapping(() -> "incident-1"),
                Ticker.system(),
                Duration.ofSeconds(60),
                Integer.MAX_VALUE);
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .addService(new PatchDescriptionGrpcService(describer, calls, LIMITS, WINDOW))
                .addService(new ServiceInfoGrpcService(
                        "patch-description", "0.1.0", Map.of("limit", "9 bytes"), "exactly-once", models))
                .build();
        try {
            server.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        channel = InProcessChannelBuilder.forName(name).build();
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
        channel.shutdownNow();
        server.shutdownNow();
        fetcher.close();
        decoder.close();
    }
}
