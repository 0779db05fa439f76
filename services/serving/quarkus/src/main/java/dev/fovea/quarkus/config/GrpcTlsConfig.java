package dev.fovea.quarkus.config;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Whether gRPC is encrypted, and who may connect.
public interface GrpcTlsConfig {

    @Setting(
            is = "PEM file of the certificate chain, the own certificate first; needs `key`",
            otherwise = "none: gRPC is not encrypted")
    Optional<Path> certificate();

    @Setting(is = "PEM file of the certificate's private key, not encrypted; needs `certificate`", otherwise = "none")
    Optional<Path> key();

    @Setting(
            is = "PEM file of authorities; clients must show a certificate that one of them has signed",
            otherwise = "none: clients show no certificate")
    Optional<Path> clientCa();

    @Setting(
            is = "how often the files are looked at; changed ones hold for new connections, without a restart",
            from = "1s",
            to = "1d")
    @WithDefault("1m")
    Duration reload();
}
