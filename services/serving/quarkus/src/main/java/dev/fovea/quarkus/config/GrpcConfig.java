package dev.fovea.quarkus.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How much gRPC may have in flight before it refuses, and how it is secured.
public interface GrpcConfig {

    @Setting(is = "calls in flight on one connection", unit = "calls", from = "1", to = "100000")
    @WithDefault("256")
    int callsPerConnection();

    @Setting(is = "calls in flight in all", unit = "calls", from = "1", to = "1000000")
    @WithDefault("1024")
    int calls();

    @Setting(
            is = "encoded requests in flight in all, and as much again of answers that clients have not yet taken",
            from = "1M",
            to = "1024G")
    @WithDefault("512M")
    MemorySize bytes();

    @Setting(
            is = "size of one encoded request, above `fovea.limits.max-image-bytes` and not above"
                    + " `quarkus.grpc.server.max-inbound-message-size`",
            from = "1K",
            to = "1G")
    @WithDefault("20M")
    MemorySize maxMessageBytes();

    @Setting(is = "delay that a refused caller is told to wait", from = "0ms", to = "1m")
    @WithDefault("100ms")
    Duration retryAfter();

    @Setting(is = "deadline of a call that has none, and of each item of a stream", from = "1ms", to = "10m")
    @WithDefault("30s")
    Duration defaultTimeout();

    @Setting(
            is = "age, a tenth more or less, at which a connection takes no new calls, so that its client connects"
                    + " again and finds new instances; calls in flight finish",
            from = "1s",
            to = "7d",
            otherwise = "none: connections stay")
    Optional<Duration> maxConnectionAge();

    GrpcTlsConfig tls();

    GrpcAuthConfig auth();
}
