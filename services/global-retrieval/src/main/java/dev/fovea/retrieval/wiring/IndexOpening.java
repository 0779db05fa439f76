package dev.fovea.retrieval.wiring;

import dev.fovea.inference.lifecycle.ModelState;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.quarkus.ServiceProgram;
import dev.fovea.quarkus.StateChanges;
import dev.fovea.quarkus.health.Prober;
import dev.fovea.quarkus.parts.ServedModels;
import dev.fovea.repository.ModelVersion;
import dev.fovea.retrieval.Collections;
import dev.fovea.vectorindex.IndexRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens each index as soon as the model whose embeddings it holds serves. An index that is refused ends the process:
/// waiting would not help.
@Singleton
public final class IndexOpening {
    private static final Logger LOG = LoggerFactory.getLogger(IndexOpening.class);

    private final StateChanges changes;
    private final ServedModels models;
    private final Collections collections;
    private final IndexGauges gauges;
    private final Prober prober;

    @Inject
    IndexOpening(
            StateChanges changes, ServedModels models, Collections collections, IndexGauges gauges, Prober prober) {
        this.changes = changes;
        this.models = models;
        this.collections = collections;
        this.gauges = gauges;
        this.prober = prober;
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
        try {
            List<ServingModel> all = models.all();
            all.stream().filter(model -> is(model, version)).forEach(model -> collections.open(model, all));
            collections.opened().forEach(gauges::watch);
            prober.soon();
        } catch (IndexRefused refused) {
            LOG.error("an index is refused, the process ends: {}", refused.getMessage());
            LOG.debug("the refusal of the index", refused);
            ServiceProgram.refuse(String.valueOf(refused.getMessage()));
        }
    }

    private static boolean is(ServingModel model, ModelVersion version) {
        return model.name().equals(version.name()) && model.version() == version.version();
    }
}
