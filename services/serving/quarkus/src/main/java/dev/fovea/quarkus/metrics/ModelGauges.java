package dev.fovea.quarkus.metrics;

import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// What each model is: where it runs, whether it serves, how many instances are left. Any thread.
public final class ModelGauges {

    private final MeterRegistry registry;

    public ModelGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Gauges that hold in every state.
    public void watch(ModelLifecycle model) {
        Tags tags = Tags.of("model", model.name() + "@" + model.version());
        Gauge.builder("fovea.model.serving", model, m -> m.state() instanceof ModelState.Serving ? 1 : 0)
                .description("1 while the model serves")
                .tags(tags)
                .register(registry);
        Gauge.builder("fovea.model.instances", model, ModelLifecycle::instances)
                .description("Instances that have not been lost")
                .tags(tags)
                .register(registry);
    }

    /// Says what was loaded: 1, with digest and the execution providers really used, in order, as tags.
    public void loaded(ModelLifecycle model) {
        Tags tags = Tags.of(
                "model", model.name() + "@" + model.version(),
                "digest", model.digest(),
                "providers", String.join(",", model.executionProviders()),
                "architecture", model.manifest().architecture());
        Gauge.builder("fovea.model.info", () -> 1)
                .description("The model as loaded")
                .tags(tags)
                .register(registry);
    }
}
