package dev.fovea.quarkus.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/// Everything configurable about running a service, whatever the service does.
@ConfigMapping(prefix = "fovea")
public interface ServingConfig {

    @Setting(
            is = "model instances: sessions, each with a thread of its own, that share one queue",
            from = "1",
            to = "64")
    @WithDefault("1")
    int instances();

    @Setting(
            is = "requests that decode or compute on the processor at once; others wait",
            unit = "requests",
            from = "1",
            to = "1024",
            otherwise = "the processors available")
    OptionalInt cpuPermits();

    ModelsConfig models();

    ExecutionConfig execution();

    BatchingConfig batching();

    LimitsConfig limits();

    ReferencesConfig references();

    GrpcConfig grpc();

    KafkaConfig kafka();

    DrainConfig drain();

    HealthConfig health();
}
