package dev.fovea.builder.index.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options that say where the service is and how long a call may take.
public final class ServerOptions {

    /// Answers carry pictures, and pages of stored images; a service's own limit is below it.
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9002",
            description = "gRPC address of a running global retrieval service. Default: ${DEFAULT-VALUE}, where "
                    + "services/local starts it.")
    private String server = "";

    @Option(names = "--tls", description = "Speak TLS; the service's certificate must be of a known authority.")
    private boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Speak TLS; certificates (PEM) of the authorities to trust instead.")
    private Optional<Path> ca = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest time of one call, 1 to 86400. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    /// Opens no connection yet: the first call does.
    ///
    /// @throws IllegalArgumentException if an option is out of its range
    /// @throws IOException if the certificates cannot be read
    public RetrievalClient connect() throws IOException {
        if (!server.matches("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):[0-9]{1,5}") || port() < 1 || port() > MAX_PORT) {
            throw new IllegalArgumentException("--server " + server + " is not HOST:PORT, for example localhost:9002");
        }
        if (timeout < 1 || timeout > Duration.ofDays(1).toSeconds()) {
            throw new IllegalArgumentException("--timeout " + timeout + " is outside 1 to 86400 seconds");
        }
        var channel = Grpc.newChannelBuilder("dns:///" + server, credentials())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .build();
        return new RetrievalClient(channel, server, Duration.ofSeconds(timeout));
    }

    private int port() {
        return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    }

    private ChannelCredentials credentials() throws IOException {
        if (ca.isEmpty()) {
            return tls ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
        }
        if (!Files.isRegularFile(ca.get())) {
            throw new NoSuchFileException(ca.get().toString());
        }
        try (InputStream file = Files.newInputStream(ca.get())) {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .isEmpty()) {
                throw new IOException("--ca " + ca.get() + " holds no certificates");
            }
        } catch (CertificateException broken) {
            throw new IOException("--ca " + ca.get() + " holds no certificates: " + broken.getMessage(), broken);
        }
        return TlsChannelCredentials.newBuilder()
                .trustManager(ca.get().toFile())
                .build();
    }
}
