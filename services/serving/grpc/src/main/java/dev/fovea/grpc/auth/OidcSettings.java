package dev.fovea.grpc.auth;

import dev.fovea.grpc.tls.PemFile;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Whose tokens are accepted, and what they must say.
///
/// @param issuer exactly as its tokens name it (`iss`)
/// @param audience that a token must name (`aud`)
/// @param keys address of the issuer's keys (JWKS); empty: asked of the issuer
/// @param authorities that sign the issuer's certificate; empty: those that the Java runtime trusts
/// @param rolesClaim claim that holds the roles; dots walk into objects
/// @param clockSkew how far the issuer's clock may be off
public record OidcSettings(
        URI issuer,
        String audience,
        Optional<URI> keys,
        Optional<PemFile> authorities,
        String rolesClaim,
        Duration clockSkew) {

    /// @throws IllegalArgumentException if an address could be tampered with on its way
    public OidcSettings {
        requireSafe("fovea.grpc.auth.oidc.issuer", issuer);
        keys.ifPresent(address -> requireSafe("fovea.grpc.auth.oidc.jwks-url", address));
    }

    /// Where the issuer describes itself (OpenID Connect Discovery 1.0, section 4).
    URI discovery() {
        String base = issuer.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
    }

    /// @throws IllegalArgumentException unless it is `https`, or `http` to this machine
    static void requireSafe(String what, URI address) {
        String host = String.valueOf(address.getHost());
        boolean here = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d+){3}");
        if (!"https".equals(address.getScheme()) && !("http".equals(address.getScheme()) && here)) {
            throw new IllegalArgumentException(what + " = " + address
                    + " is neither https nor http to this machine: whoever is between could sign" + " tokens");
        }
    }
}
