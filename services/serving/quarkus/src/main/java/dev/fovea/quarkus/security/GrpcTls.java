package dev.fovea.quarkus.security;

import dev.fovea.grpc.PeriodicTask;
import dev.fovea.grpc.tls.TlsFiles;
import io.grpc.netty.NettyServerBuilder;
import java.time.Duration;
import java.util.Optional;

/// TLS of the gRPC port, or none. Owns the thread that looks at its files; whoever made it closes it.
public final class GrpcTls implements AutoCloseable {

    private final Optional<CurrentTls> current;
    private final Optional<PeriodicTask> looks;

    /// @param files empty: gRPC is not encrypted
    /// @param interval between two looks at the files
    /// @throws IllegalArgumentException if the files cannot be used
    public GrpcTls(Optional<TlsFiles> files, Duration interval) {
        current = files.map(CurrentTls::new);
        looks = current.map(tls -> new PeriodicTask("fovea-tls", interval, tls::look));
    }

    public boolean isOn() {
        return current.isPresent();
    }

    /// Has the server speak it.
    public void secure(NettyServerBuilder server) {
        current.ifPresent(server::sslContext);
    }

    @Override
    public void close() {
        looks.ifPresent(PeriodicTask::close);
    }
}
