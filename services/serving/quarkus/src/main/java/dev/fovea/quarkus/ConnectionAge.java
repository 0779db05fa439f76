package dev.fovea.quarkus;

import dev.fovea.quarkus.config.ServingConfig;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Ends gRPC's connections at an age: a client that never connects again would never ask an instance that came later.
/// The connection is told to be left (GOAWAY) and closes when the last of its calls has ended.
@Singleton
@Unremovable
public final class ConnectionAge implements ServerBuilderCustomizer<VertxServerBuilder> {

    private final Optional<Duration> limit;

    @Inject
    public ConnectionAge(ServingConfig config) {
        this(config.grpc().maxConnectionAge());
    }

    /// @param limit empty: connections stay
    ConnectionAge(Optional<Duration> limit) {
        this.limit = limit;
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        limit(builder.nettyBuilder());
    }

    void limit(NettyServerBuilder server) {
        limit.ifPresent(age -> server.maxConnectionAge(age.toMillis(), TimeUnit.MILLISECONDS));
    }
}
