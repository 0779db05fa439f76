package dev.fovea.tests.service;

import dev.fovea.grpc.CallExecutor;
import dev.fovea.grpc.StatusMapping;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a service stands on, without Quarkus and without the network: images, cores, calls and a server. Owned by its
/// test, which closes it.
public final class InProcessHost implements AutoCloseable {
    private static final int CORES = 2;

    private final ImageDecoder decoder = new ImageDecoder(DecodeLimits.defaults());
    private final ReferenceFetcher fetcher = new ReferenceFetcher(FetchPolicy.nothing());
    private final Permits cores = Permits.ofCores(CORES, Ticker.system());
    private final ImageReader images =
            new ImageReader(fetcher, decoder, Permits.ofFetches(CORES, Ticker.system()), cores);
    private final CallExecutor calls = new CallExecutor(
            Thread.ofVirtual().factory(),
            new StatusMapping(() -> "incident-1"),
            Ticker.system(),
            Duration.ofSeconds(60),
            Integer.MAX_VALUE);
    private final List<Runnable> closing = new ArrayList<>();

    /// Reads what comes with a request, and no reference.
    public ImageReader images() {
        return images;
    }

    /// Two, as many as [#images()] has.
    public Permits cores() {
        return cores;
    }

    /// Gives a call a minute; an internal error is `incident-1`.
    public CallExecutor calls() {
        return calls;
    }

    /// Starts a server with these services.
    ///
    /// @return a channel to it, closed with this
    public ManagedChannel serve(BindableService... services) {
        String name = InProcessServerBuilder.generateName();
        var builder = InProcessServerBuilder.forName(name);
        for (BindableService service : services) {
            builder.addService(service);
        }
        Server server = builder.build();
        try {
            server.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        closing.add(channel::shutdownNow);
        closing.add(server::shutdownNow);
        return channel;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
        fetcher.close();
        decoder.close();
    }
}
