package dev.fovea.inference.lifecycle;

import java.time.Duration;

/// From when on a model counts as stuck, and for how long a success speaks for it.
///
/// @param stuckAfter a run longer than this ends liveness, 1 s to 1 h
/// @param freshFor a successful run proves readiness for this long, 0 to 1 h; after it the stored sample is run
public record HealthPolicy(Duration stuckAfter, Duration freshFor) {

    private static final Duration HOUR = Duration.ofHours(1);

    // After the limits, which its constructor reads.
    public static final HealthPolicy DEFAULT = new HealthPolicy(Duration.ofSeconds(30), Duration.ofSeconds(10));

    /// @throws IllegalArgumentException naming the value that is out of range, and the range
    public HealthPolicy {
        require("stuckAfter", stuckAfter, Duration.ofSeconds(1));
        require("freshFor", freshFor, Duration.ZERO);
    }

    private static void require(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(HOUR) > 0) {
            throw new IllegalArgumentException(
                    "health policy: " + name + " is " + value + ", allowed: " + least + " to " + HOUR);
        }
    }
}
