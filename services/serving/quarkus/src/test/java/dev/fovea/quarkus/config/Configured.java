package dev.fovea.quarkus.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/// Configuration from a map, as a process would read it from its files.
public final class Configured {

    private Configured() {}

    /// The shared configuration with everything required in place.
    public static ServingConfig with(Map<String, String> values) {
        return builder(values).withMapping(ServingConfig.class).build().getConfigMapping(ServingConfig.class);
    }

    /// The same values without any mapping.
    public static SmallRyeConfig raw(Map<String, String> values) {
        return builder(values).build();
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("fovea.models.default", "siftnet"));
        all.putAll(values);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(all, "test", 100));
    }
}
