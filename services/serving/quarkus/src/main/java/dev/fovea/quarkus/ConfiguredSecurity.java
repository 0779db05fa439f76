package dev.fovea.quarkus;

import dev.fovea.grpc.auth.MethodRules;
import dev.fovea.grpc.auth.OidcSettings;
import dev.fovea.grpc.auth.StaticTokens;
import dev.fovea.grpc.tls.PemFile;
import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.quarkus.config.GrpcAuthConfig;
import dev.fovea.quarkus.config.GrpcTlsConfig;
import dev.fovea.quarkus.config.OidcConfig;
import dev.fovea.quarkus.security.CallableMethods;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/// What secures the gRPC port, out of its configuration.
///
/// Every method throws `IllegalArgumentException` where values contradict each other or files cannot be used.
final class ConfiguredSecurity {

    private static final String TLS = "fovea.grpc.tls.";
    private static final String AUTH = "fovea.grpc.auth.";
    private static final String OIDC = AUTH + "oidc.";

    private ConfiguredSecurity() {}

    /// Where TLS has its files; empty: gRPC is not encrypted.
    static Optional<TlsFiles> tls(GrpcTlsConfig config) {
        if (config.certificate().isEmpty() && config.key().isEmpty()) {
            config.clientCa().ifPresent(file -> {
                throw new IllegalArgumentException(TLS + "client-ca = " + file + " needs " + TLS + "certificate and "
                        + TLS + "key: who is not encrypted shows no certificates");
            });
            return Optional.empty();
        }
        PemFile certificate = new PemFile(
                TLS + "certificate",
                config.certificate().orElseThrow(() -> lonely("key", config.key(), "certificate")));
        PemFile key = new PemFile(
                TLS + "key", config.key().orElseThrow(() -> lonely("certificate", config.certificate(), "key")));
        return Optional.of(
                new TlsFiles(certificate, key, config.clientCa().map(file -> new PemFile(TLS + "client-ca", file))));
    }

    /// Tokens out of a file, which is read; empty: none.
    static Optional<StaticTokens> tokens(GrpcAuthConfig config) {
        return config.tokensFile().map(file -> new StaticTokens(AUTH + "tokens-file", file));
    }

    /// Whose tokens are accepted; empty: nobody's.
    static Optional<OidcSettings> oidc(GrpcAuthConfig config) {
        OidcConfig oidc = config.oidc();
        if (oidc.issuer().isEmpty()) {
            Map<String, Optional<?>> others = Map.of(
                    "audience", oidc.audience(), "jwks-url", oidc.jwksUrl(), "ca-certificate", oidc.caCertificate());
            others.forEach((name, value) -> value.ifPresent(given -> {
                throw new IllegalArgumentException(
                        OIDC + name + " = " + given + " is given and " + OIDC + "issuer is not");
            }));
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                address("issuer", oidc.issuer().get()),
                oidc.audience()
                        .orElseThrow(() -> new IllegalArgumentException(OIDC + "issuer = "
                                + oidc.issuer().get() + " needs " + OIDC
                                + "audience: else tokens for other services would be accepted")),
                oidc.jwksUrl().map(url -> address("jwks-url", url)),
                oidc.caCertificate().map(file -> new PemFile(OIDC + "ca-certificate", file)),
                oidc.rolesClaim(),
                oidc.clockSkew()));
    }

    /// Which roles may call what.
    static MethodRules rules(GrpcAuthConfig config) {
        if (!config.allow().isEmpty()
                && config.tokensFile().isEmpty()
                && config.oidc().issuer().isEmpty()) {
            throw new IllegalArgumentException(AUTH + "allow is given, and neither " + AUTH + "tokens-file nor " + OIDC
                    + "issuer is: nobody has a role");
        }
        return MethodRules.of(config.allow(), CallableMethods.all());
    }

    /// Reads every file that authentication needs, and asks nobody.
    static void requireUsable(GrpcAuthConfig config) {
        rules(config);
        tokens(config);
        oidc(config).flatMap(OidcSettings::authorities).ifPresent(authorities -> {
            try {
                authorities.trusting();
            } catch (GeneralSecurityException unusable) {
                throw new IllegalArgumentException(authorities + " cannot be used: " + unusable.getMessage(), unusable);
            }
        });
    }

    private static URI address(String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException none) {
            throw new IllegalArgumentException(OIDC + name + " = " + text + " is no address", none);
        }
    }

    private static IllegalArgumentException lonely(String given, Optional<?> value, String missing) {
        return new IllegalArgumentException(
                TLS + given + " = " + value.orElseThrow() + " is given and " + TLS + missing + " is not");
    }
}
