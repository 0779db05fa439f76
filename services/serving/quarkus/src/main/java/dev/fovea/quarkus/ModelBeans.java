package dev.fovea.quarkus;

import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelConfig;
import dev.fovea.inference.lifecycle.ModelLifecycle;
import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.inference.lifecycle.StateListener;
import dev.fovea.inference.lifecycle.Surroundings;
import dev.fovea.inference.session.SessionLoader;
import dev.fovea.onnxruntime.OnnxRuntimeLoader;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.metrics.MicrometerBatchingMetrics;
import dev.fovea.quarkus.metrics.ModelGauges;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.repository.ModelRepository;
import dev.fovea.repository.ModelVersion;
import dev.fovea.repository.Provenance;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Produces the models and what runs them.
public final class ModelBeans {

    private static final Logger LOG = LoggerFactory.getLogger(ModelBeans.class);

    @Produces
    @Singleton
    ModelRepository repository(ServingConfig config) {
        return new ModelRepository(config.models().repository());
    }

    /// ONNX Runtime, unless a test brings another engine.
    @Produces
    @Singleton
    @DefaultBean
    SessionLoader loader(ServingConfig config) {
        return new OnnxRuntimeLoader(ConfiguredObjects.providers(config.execution()));
    }

    @Produces
    @Singleton
    StateChanges stateChanges() {
        return new StateChanges();
    }

    @Produces
    @Singleton
    ServedModels servedModels(
            ServingConfig config,
            ModelRepository repository,
            SessionLoader loader,
            ModelAcceptance acceptance,
            StateChanges changes,
            MeterRegistry registry) {
        SessionLoader checked = new ExpectedDigests(
                new AcceptedModels(loader, acceptance), config.models().expectedDigests());
        ModelConfig modelConfig = ConfiguredObjects.model(config);
        List<ModelLifecycle> lifecycles = ModelSelection.of(config.models(), repository).stream()
                .map(version ->
                        new ModelLifecycle(version, checked, modelConfig, surroundings(version, changes, registry)))
                .toList();
        var gauges = new ModelGauges(registry);
        lifecycles.forEach(gauges::watch);
        lifecycles.forEach(model -> changes.tell(announce(model, gauges)));
        return new ServedModels(lifecycles);
    }

    @Produces
    @Singleton
    Models models(ServedModels served, ServingConfig config) {
        return new Models(served::all, config.models().defaultName());
    }

    @Produces
    @Singleton
    Ticker ticker() {
        return Ticker.system();
    }

    private static Surroundings surroundings(ModelVersion version, StateChanges changes, MeterRegistry registry) {
        return Surroundings.system(new MicrometerBatchingMetrics(registry, version.toString()), changes);
    }

    private static StateListener announce(ModelLifecycle model, ModelGauges gauges) {
        return (version, from, to) -> {
            if (to instanceof ModelState.Serving
                    && version.name().equals(model.name())
                    && version.version() == model.version()) {
                gauges.loaded(model);
                warnIfSeeded(model);
            }
        };
    }

    /// Pseudo-random weights are good for tests and benchmarks; nobody may take their answers for a trained model's.
    private static void warnIfSeeded(ModelLifecycle model) {
        Provenance provenance = model.manifest().provenance();
        if (provenance.kind() == Provenance.Kind.SEEDED) {
            LOG.warn(
                    "model {}@{} has pseudo-random weights ({}): its answers mean nothing",
                    model.name(),
                    model.version(),
                    provenance.source());
        }
    }
}
