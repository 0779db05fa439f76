package dev.fovea.quarkus;

import dev.fovea.quarkus.config.ServingConfig;
import java.util.Map;
import java.util.TreeMap;

/// What a service tells its callers about limits that no other service has; every service produces one.
///
/// @param byKey value with unit by configuration key, for example `4096 patches` by `fovea.patches.max-patches`
public record OwnLimits(Map<String, String> byKey) {
    public OwnLimits {
        byKey = Map.copyOf(byKey);
    }

    /// These and the limits of every service.
    Map<String, String> with(ServingConfig serving) {
        Map<String, String> all = new TreeMap<>(SharedLimits.of(serving));
        all.putAll(byKey);
        return all;
    }
}
