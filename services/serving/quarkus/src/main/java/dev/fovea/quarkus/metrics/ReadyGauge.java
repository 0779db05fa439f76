package dev.fovea.quarkus.metrics;

import dev.fovea.quarkus.health.ServiceHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Readiness over time.
public final class ReadyGauge {

    private ReadyGauge() {}

    public static void watch(ServiceHealth health, MeterRegistry registry) {
        Gauge.builder("fovea.ready", health, h -> h.ready() ? 1 : 0)
                .description("1 while the process is ready, as its readiness probe says")
                .register(registry);
    }
}
