package dev.fovea.tests.chart.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fovea.tests.support.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A token endpoint over TLS that gives whoever shows [#CLIENT] and [#SECRET] a signed token, and the file of keys by
/// which the broker checks it.
final class TokenIssuer {

    static final String CLIENT = "fovea-client";
    static final String SECRET = "s3cr3t-of-the-client";
    static final String SUBJECT = "service-account-fovea";
    static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private static final String ISSUER = "https://localhost/issuer";
    private static final String AUDIENCE = "kafka";
    private static final String KEY = "key-1";

    private final KeyPair keys;
    private final Path keysFile;
    private final HttpsServer server;
    private final AtomicInteger given = new AtomicInteger();

    private TokenIssuer(Path folder, Certificates.Issued own) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        keysFile = Files.writeString(folder.resolve("keys.json"), publicKeys());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(own)));
        server.createContext("/token", this::answer);
    }

    /// @param folder receives the file of keys
    static TokenIssuer start(Path folder, Certificates.Issued own) throws IOException, GeneralSecurityException {
        TokenIssuer issuer = new TokenIssuer(folder, own);
        issuer.server.start();
        return issuer;
    }

    String endpoint() {
        return "https://localhost:" + server.getAddress().getPort() + "/token";
    }

    String keysUrl() {
        return keysFile.toUri().toString();
    }

    /// Tokens given so far.
    int given() {
        return given.get();
    }

    Map<String, String> brokerProperties() {
        return Map.of(
                "oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
                "sasl.oauthbearer.jwks.endpoint.url",
                keysUrl(),
                "sasl.oauthbearer.expected.issuer",
                ISSUER,
                "sasl.oauthbearer.expected.audience",
                AUDIENCE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String expected = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean right = known && asked.contains("grant_type=client_credentials") && asked.contains("scope=kafka");
        byte[] body = (right ? grant() : "{\"error\":\"invalid_client\"}").getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(right ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String grant() {
        given.incrementAndGet();
        return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}".formatted(token());
    }

    private String token() {
        long now = Instant.now().getEpochSecond();
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(KEY);
        String claims = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"scope\":\"kafka\"}"
                .formatted(ISSUER, AUDIENCE, SUBJECT, now, now + 300);
        String signed = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String publicKeys() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(
                        KEY,
                        base64(key.getModulus().toByteArray()),
                        base64(key.getPublicExponent().toByteArray()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static SSLContext tls(Certificates.Issued own) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        String key = Files.readString(own.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        var decoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key));
        try (var file = Files.newInputStream(own.certificate())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(file);
            store.setKeyEntry(
                    "own", KeyFactory.getInstance("EC").generatePrivate(decoded), new char[0], new Certificate[] {
                        certificate
                    });
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
