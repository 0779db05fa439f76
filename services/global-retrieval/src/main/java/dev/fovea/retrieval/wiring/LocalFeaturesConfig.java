package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// Who describes the keypoints of the collections that name a local model.
public interface LocalFeaturesConfig {

    @Setting(
            is = "patch description service that is asked, `host:port` or another target of gRPC; local models are then"
                    + " its models and need not be loaded here",
            otherwise = "none: models of this process")
    Optional<String> remote();

    @Setting(is = "reach it by TLS")
    @WithDefault("false")
    boolean tls();

    @Setting(
            is = "PEM file of the authority that signed its certificate; needs `tls`",
            otherwise = "those that Java trusts")
    Optional<Path> caCertificate();

    @Setting(is = "PEM file of the certificate that it is shown; needs `client-key` and `tls`", otherwise = "none")
    Optional<Path> clientCertificate();

    @Setting(is = "PEM file of that certificate's private key, not encrypted", otherwise = "none")
    Optional<Path> clientKey();

    @Setting(
            is = "file that holds the token sent with each call, read again for each; needs `remote`",
            otherwise = "none")
    Optional<Path> tokenFile();
}
