package dev.fovea.quarkus.security;

import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.grpc.tls.TlsMaterial;
import io.grpc.netty.GrpcSslContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of TLS as its files say now. A new connection gets what was read last; certificate, key and
/// authorities change together, and with them the sessions that could be resumed. Connections that are open stay.
///
/// **Threads:** any; one at a time calls [#look].
public final class CurrentTls extends SslContext {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentTls.class);

    private final TlsFiles files;
    private volatile Loaded loaded;
    private String lastProblem = "";

    /// @throws IllegalArgumentException if the files cannot be used
    public CurrentTls(TlsFiles files) {
        this.files = files;
        this.loaded = load(files.read());
        LOG.atInfo().addKeyValue("certificate", loaded.material()).log("gRPC speaks TLS");
    }

    private record Loaded(TlsMaterial material, SslContext context) {}

    /// Looks at the files and takes what has changed. What cannot be used is told once and changes nothing.
    public void look() {
        try {
            TlsMaterial now = files.read();
            if (!now.fingerprint().equals(loaded.material().fingerprint())) {
                loaded = load(now);
                LOG.atInfo().addKeyValue("certificate", now).log("the files of TLS have changed and are in use");
            }
            lastProblem = "";
        } catch (IllegalArgumentException unusable) {
            String problem = String.valueOf(unusable.getMessage());
            if (!problem.equals(lastProblem)) {
                lastProblem = problem;
                LOG.atError()
                        .addKeyValue("problem", problem)
                        .log("the files of TLS cannot be used; those read before stay in use");
            }
        }
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public List<String> cipherSuites() {
        return loaded.context().cipherSuites();
    }

    @Override
    @SuppressWarnings("deprecation") // the type that SslContext asks for
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return loaded.context().applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator) {
        return loaded.context().newEngine(allocator);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
        return loaded.context().newEngine(allocator, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return loaded.context().sessionContext();
    }

    private static Loaded load(TlsMaterial material) {
        var builder =
                SslContextBuilder.forServer(material.key(), material.chain().toArray(X509Certificate[]::new));
        if (!material.authorities().isEmpty()) {
            builder.trustManager(material.authorities()).clientAuth(ClientAuth.REQUIRE);
        }
        try {
            return new Loaded(material, GrpcSslContexts.configure(builder).build());
        } catch (SSLException refused) {
            throw new IllegalArgumentException(material + " cannot be used: " + refused.getMessage(), refused);
        }
    }
}
