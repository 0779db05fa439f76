package dev.fovea.quarkus.health;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port of its own, not encrypted, for probes: kubelets speak no TLS and know no tokens. It serves
/// `grpc.health.v1` only, on one thread of its own, so that no load on the other port delays it, and answers until
/// [#close].
public final class ProbePort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbePort.class);

    /// A health request is a name.
    private static final int MAX_MESSAGE_BYTES = 4_096;

    private static final int MAX_CALLS_PER_CONNECTION = 100;

    private final ProbeService service;
    private final String host;
    private final OptionalInt port;
    private final EventLoopGroup thread = new NioEventLoopGroup(1, new DefaultThreadFactory("fovea-probes", true));
    private Optional<Server> server = Optional.empty();

    /// @param host address to listen on
    /// @param port empty: none, and nothing is served; 0: any that is free
    public ProbePort(ServiceHealth health, String host, OptionalInt port) {
        this.service = ProbeService.of(health);
        this.host = host;
        this.port = port;
    }

    /// @throws IllegalStateException if the port cannot be listened on
    public void start() {
        if (port.isEmpty()) {
            return;
        }
        try {
            server = Optional.of(NettyServerBuilder.forAddress(new InetSocketAddress(host, port.getAsInt()))
                    .channelType(NioServerSocketChannel.class)
                    .bossEventLoopGroup(thread)
                    .workerEventLoopGroup(thread)
                    .directExecutor()
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                    .addService(service)
                    .build()
                    .start());
        } catch (IOException taken) {
            throw new IllegalStateException(
                    "fovea.health.grpc-port = " + port.getAsInt() + " cannot be listened on: " + taken.getMessage(),
                    taken);
        }
        LOG.atInfo().addKeyValue("host", host).addKeyValue("port", port()).log("probes are answered without TLS");
    }

    /// The port that is listened on.
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public int port() {
        return server.orElseThrow().getPort();
    }

    /// Tells those who watch what has changed.
    public void refresh() {
        service.refresh();
    }

    @Override
    public void close() {
        server.ifPresent(Server::shutdownNow);
        var unused = thread.shutdownGracefully();
    }
}
