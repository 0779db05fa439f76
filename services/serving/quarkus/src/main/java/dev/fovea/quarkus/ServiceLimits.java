package dev.fovea.quarkus;

import dev.fovea.quarkus.config.GrpcConfig;
import dev.fovea.quarkus.config.LimitsConfig;
import dev.fovea.quarkus.config.ServingConfig;
import java.util.Locale;
import java.util.Map;

/// The limits that a service tells its callers, by configuration key.
public final class ServiceLimits {

    private ServiceLimits() {}

    /// Sizes in bytes, durations in ISO 8601.
    public static Map<String, String> of(ServingConfig config) {
        LimitsConfig limits = config.limits();
        GrpcConfig grpc = config.grpc();
        return Map.of(
                "fovea.limits.max-image-bytes",
                        Long.toString(limits.maxImageBytes().asLongValue()),
                "fovea.limits.max-image-pixels", Long.toString(limits.maxImagePixels()),
                "fovea.limits.max-image-side", Integer.toString(limits.maxImageSide()),
                "fovea.limits.decode-timeout", limits.decodeTimeout().toString(),
                "fovea.grpc.calls-per-connection", Integer.toString(grpc.callsPerConnection()),
                "fovea.grpc.default-timeout", grpc.defaultTimeout().toString(),
                "fovea.references.max-bytes",
                        Long.toString(config.references().maxBytes().asLongValue()));
    }

    /// As in configuration; empty where no topic is consumed.
    public static String delivery(ServingConfig config) {
        return config.kafka().enabled()
                ? config.kafka().delivery().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : "";
    }
}
