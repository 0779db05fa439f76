package dev.fovea.quarkus.security;

import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Has Quarkus' gRPC server speak our TLS: its own keys for that read the files once, at start.
@Singleton
@Unremovable
public final class SecuredServer implements ServerBuilderCustomizer<VertxServerBuilder> {

    private final GrpcTls tls;

    @Inject
    public SecuredServer(GrpcTls tls) {
        this.tls = tls;
    }

    @Override
    public void customize(GrpcServerConfiguration configuration, VertxServerBuilder builder) {
        tls.secure(builder.nettyBuilder());
    }
}
