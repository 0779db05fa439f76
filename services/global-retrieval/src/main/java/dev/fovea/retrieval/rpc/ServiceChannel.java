package dev.fovea.retrieval.rpc;

import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.grpc.tls.TlsMaterial;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// A connection to another service of ours, made when it is first used and renewed when it is lost.
///
/// **Who closes it:** whoever opened it; calls in flight then fail.
public final class ServiceChannel implements AutoCloseable {

    /// How the server is known.
    public sealed interface Security {

        /// Not at all, and nothing is encrypted.
        record Plain() implements Security {}

        /// By a certificate.
        ///
        /// @param authority PEM file of the authority that signed it; empty: those the Java runtime trusts
        /// @param shown the certificate that the server is shown, read when the channel is made; empty: none
        record Tls(Optional<Path> authority, Optional<TlsFiles> shown) implements Security {}
    }

    /// 4,096 descriptors of 512 floats and their keypoints.
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private final ManagedChannel channel;

    /// @param target `host:port`, or another name that gRPC resolves: `dns:///patches:9000` spreads calls
    ///     over all addresses
    /// @param token file whose content is sent as bearer token; empty: none is sent
    /// @throws UncheckedIOException if the authority's file cannot be read
    /// @throws IllegalArgumentException if the certificate that is shown cannot be used
    public ServiceChannel(String target, Security security, Optional<Path> token) {
        var builder = Grpc.newChannelBuilder(target, credentials(security))
                .maxInboundMessageSize(MAX_RESPONSE_BYTES)
                .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .defaultLoadBalancingPolicy("round_robin");
        token.ifPresent(file -> builder.intercept(new FileToken(file)));
        channel = builder.build();
    }

    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static ChannelCredentials credentials(Security security) {
        return switch (security) {
            case Security.Plain() -> InsecureChannelCredentials.create();
            case Security.Tls(Optional<Path> authority, Optional<TlsFiles> shown) -> {
                var tls = TlsChannelCredentials.newBuilder();
                shown.map(TlsFiles::read).ifPresent(material -> tls.keyManager(keys(material)));
                try {
                    if (authority.isPresent()) {
                        tls.trustManager(authority.get().toFile());
                    }
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(
                            "certificate authority " + authority.get() + ": " + unreadable.getMessage(), unreadable);
                }
                yield tls.build();
            }
        };
    }

    private static KeyManager[] keys(TlsMaterial material) {
        char[] password = {};
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(
                    "client", material.key(), password, material.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            return managers.getKeyManagers();
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IllegalArgumentException(material + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }
}
