package dev.fovea.quarkus.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/// When a process is called unhealthy.
public interface HealthConfig {

    @Setting(
            is = "how often models are probed; not above the orchestrator's own probe period",
            from = "100ms",
            to = "10m")
    @WithDefault("5s")
    Duration probeInterval();

    @Setting(
            is = "how long an answered batch speaks for a model; after it, and after any failure, a probe runs the"
                    + " stored sample",
            from = "0ms",
            to = "1h")
    @WithDefault("10s")
    Duration freshFor();

    @Setting(is = "time that a stored sample may take", from = "10ms", to = "1m")
    @WithDefault("5s")
    Duration sampleTimeout();

    @Setting(
            is = "time inside one run of a model after which liveness ends; longer than the longest batch",
            from = "1s",
            to = "1h")
    @WithDefault("30s")
    Duration stuckAfter();

    @Setting(
            is = "time without a turn of the consumer's thread after which liveness ends; it may stand still for a"
                    + " minute while brokers are away",
            from = "1s",
            to = "1h")
    @WithDefault("2m")
    Duration kafkaStuckAfter();

    @Setting(
            is = "how long the consumer may fail, to commit for one, before readiness ends, and how long it must not"
                    + " have failed before readiness returns",
            from = "0ms",
            to = "1h")
    @WithDefault("10s")
    Duration kafkaFailingAfter();

    @Setting(
            is = "port, not encrypted, that serves `grpc.health.v1` and nothing else, for probes that speak no TLS:"
                    + " `startup`, `readiness`, `liveness`, and the empty name, which is readiness",
            from = "1",
            to = "65535",
            otherwise = "none")
    OptionalInt grpcPort();
}
