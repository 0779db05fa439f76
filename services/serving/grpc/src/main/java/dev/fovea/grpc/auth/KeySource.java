package dev.fovea.grpc.auth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.fovea.grpc.tls.PemFile;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// Asks an issuer for its keys, by HTTP. Waits; blocking threads only.
final class KeySource {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MOST_BYTES = 512 << 10;

    private final OidcSettings settings;

    KeySource(OidcSettings settings) {
        this.settings = settings;
    }

    /// The issuer's keys now.
    ///
    /// @throws IOException if it cannot be asked or answers anything else, saying whom and why
    JWKSet fetch() throws IOException {
        try {
            var http = new DefaultResourceRetriever(
                    TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES, true, sockets().orElse(null));
            URI keys = settings.keys().isPresent() ? settings.keys().get() : discovered(http);
            JWKSet found = JWKSet.parse(get(http, keys)).toPublicJWKSet();
            if (found.isEmpty()) {
                throw new IOException(keys + " lists no keys");
            }
            return found;
        } catch (ParseException unreadable) {
            throw new IOException("what the issuer " + settings.issuer() + " answered is no set of keys", unreadable);
        } catch (IllegalArgumentException | GeneralSecurityException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    /// An issuer that describes another one is not believed.
    private URI discovered(DefaultResourceRetriever http) throws IOException, ParseException {
        Map<String, Object> about = JSONObjectUtils.parse(get(http, settings.discovery()));
        String issuer = String.valueOf(JSONObjectUtils.getString(about, "issuer"));
        if (!issuer.equals(settings.issuer().toString())) {
            throw new IOException(
                    settings.discovery() + " describes the issuer " + issuer + ", not " + settings.issuer());
        }
        URI keys = URI.create(String.valueOf(JSONObjectUtils.getString(about, "jwks_uri")));
        OidcSettings.requireSafe("jwks_uri of " + settings.discovery(), keys);
        return keys;
    }

    private static String get(DefaultResourceRetriever http, URI address) throws IOException {
        try {
            return http.retrieveResource(address.toURL()).getContent();
        } catch (IOException failed) {
            throw new IOException(address + " cannot be asked: " + failed.getMessage(), failed);
        }
    }

    private Optional<SSLSocketFactory> sockets() throws GeneralSecurityException {
        Optional<PemFile> authorities = settings.authorities();
        return authorities.isEmpty()
                ? Optional.empty()
                : Optional.of(authorities.get().trusting().getSocketFactory());
    }
}
