package dev.fovea.tests.chart.kubelet;

import dev.fovea.local.broker.BrokerProcess;
import dev.fovea.tests.support.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// One broker for all suites, with a listener for each way of proving who one is, and ACLs: whoever comes by the
/// plain one may do everything, all others what they are allowed.
final class SharedBroker {

    /// A way in; the broker's certificate is of [#authority] on all that use TLS.
    enum Listener {
        PLAINTEXT,
        /// SASL_SSL, SCRAM-SHA-512
        SCRAM,
        /// SSL, clients with certificates; the user is the whole subject, as `User:CN=name`
        CERTIFICATES,
        /// SASL_SSL, OAUTHBEARER: tokens of [TokenIssuer]
        TOKENS
    }

    private static Optional<SharedBroker> shared = Optional.empty();

    private final Certificates certificates;
    private final TokenIssuer issuer;
    private final Map<Listener, Integer> ports = new TreeMap<>();
    private final BrokerProcess process;

    private SharedBroker() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "broker-")
                .toAbsolutePath();
        certificates = new Certificates(folder.resolve("certificates"));
        issuer = TokenIssuer.start(folder, certificates.issue("issuer"));
        for (Listener listener : Listener.values()) {
            ports.put(listener, Ports.free());
        }
        process = BrokerProcess.startOn(
                port(Listener.PLAINTEXT), folder, overrides(folder).toArray(String[]::new));
    }

    /// Started when it is first asked for; it ends with this JVM.
    static synchronized SharedBroker get() throws Exception {
        if (shared.isEmpty()) {
            SharedBroker started = new SharedBroker();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started.process::kill));
            shared = Optional.of(started);
        }
        return shared.orElseThrow();
    }

    String address(Listener listener) {
        return "localhost:" + port(listener);
    }

    private int port(Listener listener) {
        return Objects.requireNonNull(ports.get(listener));
    }

    TokenIssuer issuer() {
        return issuer;
    }

    /// Certificate of the authority of every certificate here, PEM.
    String authority() throws IOException {
        return Files.readString(certificates.authority());
    }

    /// A client's certificate and key, PEM, with the subject `CN=name`.
    Certificates.Issued issue(String name) throws Exception {
        return certificates.issue(name);
    }

    private List<String> overrides(Path folder) throws Exception {
        int controller = Ports.free();
        List<String> listeners = new ArrayList<>();
        ports.forEach((listener, port) -> listeners.add(listener + "://localhost:" + port));
        String advertised = String.join(",", listeners);
        String store = store(folder).toString();
        List<String> all = new ArrayList<>(List.of(
                "listeners=" + advertised + ",CONTROLLER://localhost:" + controller,
                "advertised.listeners=" + advertised,
                "controller.quorum.voters=1@localhost:" + controller,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SCRAM:SASL_SSL,"
                        + "CERTIFICATES:SSL,TOKENS:SASL_SSL",
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users=User:ANONYMOUS",
                "ssl.keystore.type=PEM",
                "ssl.keystore.location=" + store,
                "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + certificates.authority()));
        all.add(of(Listener.CERTIFICATES, "ssl.client.auth=required"));
        all.addAll(sasl(Listener.SCRAM, "SCRAM-SHA-512", "scram.ScramLoginModule"));
        all.addAll(sasl(Listener.TOKENS, "OAUTHBEARER", "oauthbearer.OAuthBearerLoginModule"));
        issuer.brokerProperties().forEach((key, value) -> all.add(of(Listener.TOKENS, key + "=" + value)));
        all.add("-D" + TokenIssuer.ALLOWED_URLS + "=" + issuer.keysUrl());
        return all;
    }

    private static List<String> sasl(Listener listener, String mechanism, String module) {
        return List.of(
                of(listener, "sasl.enabled.mechanisms=" + mechanism),
                of(
                        listener,
                        mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config=org.apache.kafka.common.security."
                                + module + " required;"));
    }

    private static String of(Listener listener, String property) {
        return "listener.name." + listener.name().toLowerCase(Locale.ROOT) + "." + property;
    }

    /// The broker's key and certificate in one file, as Kafka wants it.
    private Path store(Path folder) throws Exception {
        Certificates.Issued own = certificates.issue("broker");
        String both = Files.readString(own.key()) + Files.readString(own.certificate());
        return Files.writeString(folder.resolve("broker.pem"), both);
    }
}
