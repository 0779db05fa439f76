package dev.fovea.grpc.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// An OpenID Connect provider on loopback: discovery, keys, and tokens signed with the newest of them.
final class Provider implements AutoCloseable {
    static final String AUDIENCE = "fovea";

    private final String scheme;
    private final HttpServer server;
    private volatile ECKey key;
    private volatile boolean away;
    private volatile String described;
    final AtomicInteger fetches = new AtomicInteger();

    Provider() throws IOException, JOSEException {
        this("http", HttpServer.create());
    }

    /// Speaks https.
    ///
    /// @param tls with a certificate for `127.0.0.1`
    Provider(SSLContext tls) throws IOException, JOSEException {
        this("https", secured(tls));
    }

    private Provider(String scheme, HttpServer unbound) throws IOException, JOSEException {
        key = newKey("key-1");
        this.scheme = scheme;
        server = unbound;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        described = issuer().toString();
        server.createContext(
                "/.well-known/openid-configuration",
                exchange ->
                        answer(exchange, "{\"issuer\":\"" + described + "\",\"jwks_uri\":\"" + issuer() + "/keys\"}"));
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, new JWKSet(key).toString());
        });
        server.start();
    }

    private static HttpServer secured(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    static ECKey newKey(String id) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    URI issuer() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    ECKey key() {
        return key;
    }

    /// Lists this key from now on, and no other.
    void rotate(ECKey next) {
        key = next;
    }

    void away(boolean nobodyThere) {
        away = nobodyThere;
    }

    void describes(String issuer) {
        described = issuer;
    }

    /// What a good token says: five minutes, one audience, two scopes.
    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience(AUDIENCE)
                .subject("robot")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("scope", "read write");
    }

    String token(JWTClaimsSet claims) throws JOSEException {
        return token(claims, key);
    }

    static String token(JWTClaimsSet claims, ECKey by) throws JOSEException {
        var signed = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build(), claims);
        signed.sign(new ECDSASigner(by));
        return signed.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
            exchange.sendResponseHeaders(away ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
