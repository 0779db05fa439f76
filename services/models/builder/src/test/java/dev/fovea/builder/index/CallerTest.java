package dev.fovea.builder.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that wants a certificate of its authority and a token.
class CallerTest {

    private static final String PASSWORD = "changeit";
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final String TOKEN = "eyJhbGciOi.J9-token_of.the~caller+/=";

    @TempDir
    private static Path folder = Path.of("");

    private final IndexCommands fovea;
    private String address = "";
    private Runnable stop = () -> {};

    CallerTest() throws IOException {
        fovea = new IndexCommands();
    }

    @BeforeAll
    static void issue() throws IOException, InterruptedException, GeneralSecurityException {
        issue("server", "EC");
        issue("client", "RSA");
    }

    @BeforeEach
    void aServiceThatWantsACertificateAndAToken() throws IOException {
        var credentials = TlsServerCredentials.newBuilder()
                .keyManager(file("server.pem").toFile(), file("server.key").toFile())
                .trustManager(file("client.pem").toFile())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
        Files.writeString(file("token"), TOKEN + "\n");
        var service = new StubbedRetrieval(credentials, List.of(new TokenGuard()), IndexCommands.IMAGES);
        address = service.address();
        stop = service::close;
    }

    @AfterEach
    void stop() {
        stop.run();
        fovea.close();
    }

    @Test
    void aCallerWithCertificateAndTokenIsAnswered() {
        int code = stats("--ca server.pem --client-certificate client.pem --client-key client.key --token-file token");

        assertThat(code).as(fovea.err.toString()).isZero();
        assertThat(fovea.out.toString()).contains("images (default)");
    }

    @Test
    void checkHasTheSameOptions() {
        String caller = "--client-certificate client.pem --client-key client.key --token-file token";

        assertThat(fovea.bare(words("check", "--ca server.pem " + caller))).isEqualTo(1);

        // It is connected: what it asks for first is not there.
        assertThat(fovea.err.toString()).contains("Method not found: fovea.v1.ServiceInfo/Info");
    }

    @Test
    void aCallerWithoutACertificateIsNotConnected() {
        assertThat(stats("--ca server.pem --token-file token")).isEqualTo(1);
        assertThat(fovea.err.toString())
                .contains(address + " cannot be reached")
                .hasLineCount(1);

        assertThat(stats("--ca server.pem --client-certificate server.pem --client-key server.key --token-file token"))
                .isEqualTo(1);
        assertThat(fovea.err.toString())
                .contains(address + " cannot be reached")
                .hasLineCount(1);
    }

    @Test
    void aCallerWithoutATokenIsRefused() {
        assertThat(stats("--ca server.pem --client-certificate client.pem --client-key client.key"))
                .isEqualTo(1);

        assertThat(fovea.err.toString()).contains("UNAUTHENTICATED").hasLineCount(1);
    }

    @Test
    void aCertificateNeedsItsKeyAndTls() {
        assertThat(stats("--tls --client-certificate client.pem")).isEqualTo(2);
        assertThat(fovea.err.toString()).contains("--client-certificate and --client-key belong together");

        assertThat(stats("--client-certificate client.pem --client-key client.key"))
                .isEqualTo(2);
        assertThat(fovea.err.toString()).contains("--client-certificate needs --tls or --ca");
    }

    @Test
    void aKeyThatIsNotInPkcs8IsNotShown() throws IOException {
        byte[] pkcs8 = Base64.getMimeDecoder().decode(lines("client.key").replaceAll("-----.*-----", ""));
        // What surrounds an RSA key of 2048 bits or more in PKCS#8: SEQUENCE, version, algorithm, OCTET STRING.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        pem("RSA PRIVATE KEY", pkcs1, "pkcs1.key");
        pem("PRIVATE KEY", pkcs1, "damaged.key");

        for (String key : List.of("pkcs1.key", "damaged.key", "client.pem")) {
            assertThat(stats("--ca server.pem --client-certificate client.pem --client-key " + key))
                    .isEqualTo(1);
            assertThat(fovea.err.toString())
                    .contains("--client-key " + file(key) + " holds no private key of [RSA, EC] in PKCS#8")
                    .contains("openssl pkcs8 -topk8 -nocrypt -in " + file(key))
                    .doesNotContain(Base64.getEncoder().encodeToString(pkcs1).substring(40, 60))
                    .hasLineCount(1);
        }
    }

    @Test
    void aFileWithoutOneTokenIsRefusedAndNotQuoted() throws IOException {
        Files.writeString(file("empty"), "\n");
        Files.writeString(file("two"), TOKEN + "\nanother\n");

        assertThat(stats("--token-file empty")).isEqualTo(1);
        assertThat(fovea.err.toString()).contains("--token-file " + file("empty") + " does not hold one token");
        assertThat(stats("--token-file two")).isEqualTo(1);
        assertThat(fovea.err.toString())
                .contains("--token-file " + file("two") + " does not hold one token: 2 lines")
                .doesNotContain(TOKEN);
        assertThat(stats("--token-file missing")).isEqualTo(1);
        assertThat(fovea.err.toString()).contains(file("missing").toString()).hasLineCount(1);
    }

    /// Refuses who does not send the token.
    private static final class TokenGuard implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String sent = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            if (("Bearer " + TOKEN).equals(sent)) {
                return next.startCall(call, headers);
            }
            call.close(Status.UNAUTHENTICATED.withDescription("no token"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private int stats(String options) {
        return fovea.bare(words("index stats", options));
    }

    /// Words of options without a dash are names of files.
    private String[] words(String command, String options) {
        List<String> words = new ArrayList<>(SPACE.splitAsStream(command).toList());
        words.addAll(List.of("--server", address));
        SPACE.splitAsStream(options)
                .map(word -> word.startsWith("--") ? word : file(word).toString())
                .forEach(words::add);
        return words.toArray(String[]::new);
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static String lines(String name) throws IOException {
        return Files.readString(file(name), StandardCharsets.US_ASCII);
    }

    private static void issue(String name, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = file(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keyalg", algorithm, "-alias", name, "-dname", "CN=localhost"));
        command.addAll(List.of("-ext", "san=dns:localhost", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        pem("CERTIFICATE", keys.getCertificate(name).getEncoded(), name + ".pem");
        pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded(), name + ".key");
    }

    private static void pem(String kind, byte[] der, String name) throws IOException {
        Files.writeString(
                file(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }
}
