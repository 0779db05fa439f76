package dev.fovea.quarkus;

import dev.fovea.grpc.AdmissionLimits;
import dev.fovea.imaging.decode.DecodeLimits;
import dev.fovea.imaging.fetch.AddressRange;
import dev.fovea.imaging.fetch.FetchLimits;
import dev.fovea.imaging.fetch.FetchPolicy;
import dev.fovea.inference.batching.BatchPolicy;
import dev.fovea.inference.lifecycle.HealthPolicy;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.quarkus.config.BatchingConfig;
import dev.fovea.quarkus.config.ExecutionConfig;
import dev.fovea.quarkus.config.GrpcConfig;
import dev.fovea.quarkus.config.LimitsConfig;
import dev.fovea.quarkus.config.ReferencesConfig;
import dev.fovea.quarkus.config.ServingConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Configuration interfaces to the records that the adapters take; pure.
///
/// Every method throws `IllegalArgumentException` where values contradict each other.
final class ConfiguredObjects {

    private ConfiguredObjects() {}

    static ModelConfig model(ServingConfig config) {
        var health =
                new HealthPolicy(config.health().stuckAfter(), config.health().freshFor());
        return new ModelConfig(batching(config.batching()), config.instances(), health);
    }

    static DecodeLimits decoding(LimitsConfig config) {
        return new DecodeLimits(
                Math.toIntExact(config.maxImageBytes().asLongValue()),
                config.maxImagePixels(),
                config.maxImageSide(),
                config.decodeTimeout());
    }

    static FetchPolicy fetching(ReferencesConfig config) {
        var limits = new FetchLimits(
                Math.toIntExact(config.maxBytes().asLongValue()), config.timeout(), config.maxRedirects());
        return new FetchPolicy(
                set(config.schemes()),
                set(config.hosts()),
                set(config.folders()),
                set(config.internalRanges()).stream().map(AddressRange::parse).collect(Collectors.toUnmodifiableSet()),
                limits);
    }

    /// How many references may be fetched and not yet decoded, so that their bytes stay within the limit even if each
    /// has the largest size allowed.
    static int fetchesInFlight(ReferencesConfig config) {
        long each = config.maxBytes().asLongValue();
        long all = config.maxInFlightBytes().asLongValue();
        if (all < each) {
            throw new IllegalArgumentException("fovea.references.max-in-flight-bytes = " + all
                    + " bytes is below fovea.references.max-bytes = " + each + " bytes");
        }
        return (int) Math.min(Integer.MAX_VALUE, all / each);
    }

    static AdmissionLimits admission(GrpcConfig config) {
        return new AdmissionLimits(
                config.callsPerConnection(), config.calls(), config.bytes().asLongValue(), config.retryAfter());
    }

    static List<ExecutionProvider> providers(ExecutionConfig config) {
        return config.providers().stream()
                .map(name -> ExecutionProvider.of(name, options(name, config)))
                .toList();
    }

    private static Map<String, String> options(String provider, ExecutionConfig config) {
        return switch (provider) {
            case "cpu" -> cpu(config.cpu());
            case "cuda" -> cuda(config.cuda());
            case "tensorrt" -> tensorRt(config.tensorrt());
            default -> Map.of(); // refused by ExecutionProvider with the names that exist
        };
    }

    private static Map<String, String> cpu(ExecutionConfig.CpuConfig config) {
        Map<String, String> options = new HashMap<>();
        config.threads().ifPresent(threads -> options.put("threads", Integer.toString(threads)));
        options.put("spinning", Boolean.toString(config.spinning()));
        return options;
    }

    private static Map<String, String> cuda(ExecutionConfig.CudaConfig config) {
        Map<String, String> options = new HashMap<>();
        options.put("device-id", Integer.toString(config.deviceId()));
        config.memoryLimit().ifPresent(limit -> options.put("memory-limit-bytes", bytes(limit)));
        options.put("arena-extension", config.arenaExtension());
        options.put("convolution-search", config.convolutionSearch());
        options.put("convolution-max-workspace", Boolean.toString(config.convolutionMaxWorkspace()));
        options.put("tf32", Boolean.toString(config.tf32()));
        return options;
    }

    private static Map<String, String> tensorRt(ExecutionConfig.TensorRtConfig config) {
        Map<String, String> options = new HashMap<>();
        options.put("device-id", Integer.toString(config.deviceId()));
        options.put("float16", Boolean.toString(config.float16()));
        config.maxWorkspace().ifPresent(limit -> options.put("max-workspace-bytes", bytes(limit)));
        config.engineCache().ifPresent(folder -> options.put("engine-cache", folder.toString()));
        return options;
    }

    private static BatchPolicy batching(BatchingConfig config) {
        return new BatchPolicy(
                config.maxBatch(),
                config.maxDelay(),
                config.maxQueuedRows(),
                config.maxQueuedBytes().asLongValue(),
                config.bulkMinShare());
    }

    private static String bytes(MemorySize size) {
        return Long.toString(size.asLongValue());
    }

    private static <T> Set<T> set(Optional<List<T>> list) {
        return list.map(Set::copyOf).orElse(Set.of());
    }
}
