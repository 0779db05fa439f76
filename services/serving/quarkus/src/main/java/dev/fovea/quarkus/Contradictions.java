package dev.fovea.quarkus;

import dev.fovea.grpc.tls.TlsFiles;
import dev.fovea.imaging.fetch.ReferenceFetcher;
import dev.fovea.onnxruntime.ExecutionProvider;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.quarkus.config.ServingConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/// Values that are each in range and cannot hold together: found by making everything that is made of them.
final class Contradictions {

    private static final String TRANSPORT_LIMIT = "quarkus.grpc.server.max-inbound-message-size";

    /// What gRPC takes where nothing is configured.
    private static final long TRANSPORT_DEFAULT = 4 << 20;

    private static final ServiceIdentity ANY = new ServiceIdentity("service", "0", "results");

    private Contradictions() {}

    /// One sentence for each; empty if there is none.
    ///
    /// @param config in which every single value has been checked
    /// @param ofService makes what the service itself configures
    static List<String> in(SmallRyeConfig config, List<Class<?>> mappings, Consumer<SmallRyeConfig> ofService) {
        SmallRyeConfig mapped = mapped(config, mappings);
        ServingConfig serving = mapped.getConfigMapping(ServingConfig.class);
        List<Runnable> trials = List.of(
                () -> ConfiguredObjects.model(serving),
                () -> ConfiguredObjects.decoding(serving.limits()),
                () -> new ReferenceFetcher(ConfiguredObjects.fetching(serving.references())).close(),
                () -> ConfiguredObjects.fetchesInFlight(serving.references()),
                () -> requireMessagesHoldImages(config, serving),
                () -> new ExpectedDigests(
                        new OnnxRuntimeLoader(List.of(ExecutionProvider.of("cpu", Map.of()))),
                        serving.models().expectedDigests()),
                () -> ConfiguredObjects.admission(serving.grpc()),
                () -> ConfiguredSecurity.tls(serving.grpc().tls()).ifPresent(TlsFiles::read),
                () -> ConfiguredSecurity.requireUsable(serving.grpc().auth()),
                () -> new OnnxRuntimeLoader(ConfiguredObjects.providers(serving.execution())),
                () -> KafkaSettingsReader.read(serving.kafka(), ANY),
                () -> ofService.accept(mapped));
        List<String> problems = new ArrayList<>();
        trials.forEach(trial -> problem(trial).ifPresent(problems::add));
        return problems;
    }

    /// Kafka has no such limit: a fetch returns its first record however large it is.
    private static void requireMessagesHoldImages(SmallRyeConfig config, ServingConfig serving) {
        long image = serving.limits().maxImageBytes().asLongValue();
        long message = serving.grpc().maxMessageBytes().asLongValue();
        long transport = config.getOptionalValue(TRANSPORT_LIMIT, Long.class).orElse(TRANSPORT_DEFAULT);
        if (image >= message) {
            throw new IllegalArgumentException("fovea.limits.max-image-bytes = " + image
                    + " bytes does not fit into a message: fovea.grpc.max-message-bytes = " + message + " bytes");
        }
        if (message > transport) {
            throw new IllegalArgumentException("fovea.grpc.max-message-bytes = " + message + " bytes is above "
                    + TRANSPORT_LIMIT + " = " + transport + " bytes");
        }
    }

    private static Optional<String> problem(Runnable trial) {
        try {
            trial.run();
            return Optional.empty();
        } catch (IllegalArgumentException contradiction) {
            return Optional.of(String.valueOf(contradiction.getMessage()));
        }
    }

    /// The same values with the interfaces over them; what is not ours is left out.
    private static SmallRyeConfig mapped(SmallRyeConfig config, List<Class<?>> mappings) {
        Map<String, String> values = new HashMap<>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("fovea."))
                .forEach(name -> Optional.ofNullable(config.getConfigValue(name).getValue())
                        .ifPresent(value -> values.put(name, value)));
        var builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMappingIgnore("fovea.**")
                .withSources(new PropertiesConfigSource(values, "checked", 0));
        mappings.forEach(builder::withMapping);
        return builder.build();
    }
}
