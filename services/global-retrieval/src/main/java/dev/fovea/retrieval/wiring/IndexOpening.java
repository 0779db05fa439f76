package dev.fovea.retrieval.wiring;

import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.quarkus.StateChanges;
import dev.fovea.quarkus.health.Prober;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.repository.ModelVersion;
import dev.fovea.retrieval.Collections;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Opens each index as soon as the model whose embeddings it holds serves.
@Singleton
public final class IndexOpening {
    private final StateChanges changes;
    private final ServedModels models;
    private final OpeningAttempts attempts;

    @Inject
    IndexOpening(
            StateChanges changes, ServedModels models, Collections collections, IndexGauges gauges, Prober prober) {
        this.changes = changes;
        this.models = models;
        this.attempts =
                new OpeningAttempts(collections, () -> tell(collections, gauges, prober), ServiceProgram::refuse);
    }

    /// Before the models start.
    void watch(@Observes @Priority(1) StartupEvent event) {
        changes.tell((version, from, to) -> {
            if (to instanceof ModelState.Serving) {
                // A listener must not block, and an index may be large.
                Thread.ofPlatform().name("fovea-index-opening").start(() -> open(version));
            }
        });
    }

    private void open(ModelVersion version) {
        List<ServingModel> all = models.all();
        all.stream().filter(model -> is(model, version)).forEach(model -> attempts.open(model, all));
    }

    private static void tell(Collections collections, IndexGauges gauges, Prober prober) {
        collections.opened().forEach(gauges::watch);
        prober.soon();
    }

    private static boolean is(ServingModel model, ModelVersion version) {
        return model.name().equals(version.name()) && model.version() == version.version();
    }
}
