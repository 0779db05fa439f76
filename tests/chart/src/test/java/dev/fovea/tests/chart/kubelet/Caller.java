package dev.fovea.tests.chart.kubelet;

import dev.fovea.tests.support.Certificates;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/// A client's connection. Whoever makes it closes it.
record Caller(ManagedChannel channel) implements AutoCloseable {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    static Caller plain(int port) {
        return new Caller(
                NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build());
    }

    /// Over TLS, showing no certificate.
    static Caller anonymous(int port, Path authority) throws SSLException {
        var context = GrpcSslContexts.forClient().trustManager(authority.toFile());
        return new Caller(NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(context.build())
                .build());
    }

    /// Over TLS, showing a certificate.
    static Caller known(int port, Path authority, Certificates.Issued own) throws SSLException {
        var context = GrpcSslContexts.forClient()
                .trustManager(authority.toFile())
                .keyManager(own.certificate().toFile(), own.key().toFile());
        return new Caller(NettyChannelBuilder.forAddress("localhost", port)
                .sslContext(context.build())
                .build());
    }

    /// The same connection, showing a token with every call.
    Channel with(String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
