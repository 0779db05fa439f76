package dev.fovea.quarkus;

import static java.util.Map.entry;

import dev.fovea.quarkus.config.GrpcConfig;
import dev.fovea.quarkus.config.LimitsConfig;
import dev.fovea.quarkus.config.ReferencesConfig;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// The limits that every service tells its callers, by configuration key.
final class SharedLimits {

    private SharedLimits() {}

    /// Every value with its unit; durations in milliseconds.
    static Map<String, String> of(ServingConfig config) {
        LimitsConfig limits = config.limits();
        GrpcConfig grpc = config.grpc();
        ReferencesConfig references = config.references();
        return Map.ofEntries(
                entry("fovea.limits.max-image-bytes", bytes(limits.maxImageBytes())),
                entry("fovea.limits.max-image-pixels", limits.maxImagePixels() + " pixels"),
                entry("fovea.limits.max-image-side", limits.maxImageSide() + " pixels"),
                entry("fovea.limits.decode-timeout", millis(limits.decodeTimeout())),
                entry("fovea.grpc.max-message-bytes", bytes(grpc.maxMessageBytes())),
                entry("fovea.grpc.calls-per-connection", grpc.callsPerConnection() + " calls"),
                entry("fovea.grpc.calls", grpc.calls() + " calls"),
                entry("fovea.grpc.bytes", bytes(grpc.bytes())),
                entry("fovea.grpc.default-timeout", millis(grpc.defaultTimeout())),
                entry("fovea.references.max-bytes", bytes(references.maxBytes())),
                entry("fovea.references.max-in-flight-bytes", bytes(references.maxInFlightBytes())),
                entry("fovea.references.timeout", millis(references.timeout())),
                entry("fovea.references.max-redirects", references.maxRedirects() + " redirects"));
    }

    private static String bytes(MemorySize size) {
        return size.asLongValue() + " bytes";
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }

    /// As in configuration; empty where no topic is consumed.
    static String delivery(ServingConfig config) {
        return config.kafka().enabled()
                ? config.kafka().delivery().name().toLowerCase(Locale.ROOT).replace('_', '-')
                : "";
    }
}
