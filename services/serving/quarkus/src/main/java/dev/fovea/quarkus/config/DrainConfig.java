package dev.fovea.quarkus.config;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The way out.
public interface DrainConfig {

    @Setting(
            is = "time that what is in flight at a shutdown may take to finish; keep it below the orchestrator's grace"
                    + " period",
            from = "0ms",
            to = "10m")
    @WithDefault("20s")
    Duration limit();
}
