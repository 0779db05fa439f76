package dev.fovea.quarkus;

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
                () -> ConfiguredObjects.fetching(serving.references()),
                () -> ConfiguredObjects.admission(serving.grpc()),
                () -> new OnnxRuntimeLoader(ConfiguredObjects.providers(serving.execution())),
                () -> KafkaSettingsReader.read(serving.kafka(), ANY),
                () -> ofService.accept(mapped));
        List<String> problems = new ArrayList<>();
        trials.forEach(trial -> problem(trial).ifPresent(problems::add));
        return problems;
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
