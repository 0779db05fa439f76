package dev.fovea.builder.index.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// Options that say where the service is, whom to trust, who calls, and how long a call may take.
public final class ServerOptions {

    /// Answers carry pictures, and pages of stored images; a service's own limit is below it.
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final int MAX_PORT = 65_535;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /// RFC 6750, section 2.1, and what static tokens may hold besides.
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

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
            names = "--client-certificate",
            paramLabel = "FILE",
            description = "Certificate (PEM) to show to the service; needs --client-key, and --tls or --ca.")
    private Optional<Path> clientCertificate = Optional.empty();

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            description = "Private key of --client-certificate: PEM, PKCS#8 (BEGIN PRIVATE KEY), RSA or EC, not"
                    + " encrypted.")
    private Optional<Path> clientKey = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File that holds the token to send with each call. The token itself is no option: others could"
                            + " read it in the list of processes.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest time of one call, 1 to 86400. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    /// Opens no connection yet: the first call does.
    ///
    /// @throws IllegalArgumentException if an option is out of its range
    /// @throws IOException if a certificate, the key or the token cannot be read
    public RetrievalClient connect() throws IOException {
        if (!server.matches("(\\[[0-9a-fA-F:.]+]|[^:/\\s]+):[0-9]{1,5}") || port() < 1 || port() > MAX_PORT) {
            throw new IllegalArgumentException("--server " + server + " is not HOST:PORT, for example localhost:9002");
        }
        if (timeout < 1 || timeout > Duration.ofDays(1).toSeconds()) {
            throw new IllegalArgumentException("--timeout " + timeout + " is outside 1 to 86400 seconds");
        }
        var channel = Grpc.newChannelBuilder("dns:///" + server, credentials())
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .intercept(MetadataUtils.newAttachHeadersInterceptor(token()))
                .build();
        return new RetrievalClient(channel, server, Duration.ofSeconds(timeout));
    }

    private int port() {
        return Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    }

    /// Read once, for a command lasts less long than a token.
    private Metadata token() throws IOException {
        var headers = new Metadata();
        if (tokenFile.isPresent()) {
            String token = Files.readString(tokenFile.get(), StandardCharsets.ISO_8859_1)
                    .strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new IOException("--token-file " + tokenFile.get() + " does not hold one token: "
                        + token.lines().count() + " lines of " + token.length() + " characters in all");
            }
            headers.put(AUTHORIZATION, "Bearer " + token);
        }
        return headers;
    }

    private ChannelCredentials credentials() throws IOException {
        if (clientCertificate.isPresent() != clientKey.isPresent()) {
            throw new IllegalArgumentException("--client-certificate and --client-key belong together");
        }
        Optional<ClientTls.Shown> shown =
                clientCertificate.flatMap(chain -> clientKey.map(key -> new ClientTls.Shown(chain, key)));
        if (tls || ca.isPresent()) {
            return new ClientTls(ca, shown).credentials();
        }
        if (shown.isPresent()) {
            throw new IllegalArgumentException("--client-certificate needs --tls or --ca");
        }
        return InsecureChannelCredentials.create();
    }
}
