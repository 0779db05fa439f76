package dev.fovea.quarkus.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Tokens of an OpenID Connect provider.
public interface OidcConfig {

    @Setting(
            is = "issuer whose tokens are accepted, as its tokens name it; `https`, or `http` on this machine",
            otherwise = "none")
    Optional<String> issuer();

    @Setting(is = "audience that a token must name; required with `issuer`", otherwise = "none")
    Optional<String> audience();

    @Setting(is = "address of the issuer's keys", otherwise = "asked of the issuer (discovery)")
    Optional<String> jwksUrl();

    @Setting(
            is = "PEM file of the authorities that sign the issuer's certificate",
            otherwise = "those that Java trusts")
    Optional<Path> caCertificate();

    @Setting(
            is = "claim that holds the roles, a list or a text with spaces between them; dots walk into objects, as in"
                    + " `realm_access.roles`")
    @WithDefault("scope")
    String rolesClaim();

    @Setting(is = "how far the issuer's clock may be off", from = "0ms", to = "10m")
    @WithDefault("30s")
    Duration clockSkew();
}
