package dev.fovea.classification.wiring;

import dev.fovea.classification.ClassificationLimits;
import dev.fovea.classification.ClassificationModels;
import dev.fovea.classification.EnsembleMemory;
import dev.fovea.classification.FineGrainedClassificationPipeline;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.classification.RequestBounds;
import dev.fovea.classification.events.FineGrainedClassificationEventListener;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.quarkus.EventSource;
import dev.fovea.quarkus.EventSources;
import dev.fovea.quarkus.ModelAcceptance;
import dev.fovea.quarkus.OwnLimits;
import dev.fovea.quarkus.ServiceIdentity;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.metrics.StageMetrics;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Produces the service's own objects.
public final class FineGrainedClassificationBeans {

    private static final String SERVICE = "fine-grained-classification";
    private static final String RESULT_TOPIC = "fovea.classifications";

    @Produces
    @Singleton
    ServiceIdentity identity(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServiceIdentity(SERVICE, version, RESULT_TOPIC);
    }

    @Produces
    @Singleton
    ClassificationLimits limits(FineGrainedClassificationConfig config) {
        return ConfiguredClassification.limits(config);
    }

    @Produces
    @Singleton
    OwnLimits ownLimits(FineGrainedClassificationConfig config) {
        return ConfiguredClassification.ownLimits(config);
    }

    /// Behind [#classifier], which is what the entrances get.
    @Produces
    @Singleton
    @Typed(FineGrainedClassificationPipeline.class)
    FineGrainedClassificationPipeline pipeline(
            Models models, ImageReader images, Permits cpu, FineGrainedClassificationConfig config, Ticker ticker) {
        var explanations = Permits.of("free explanation", "EXPLANATIONS_BUSY", config.explanationsInFlight(), ticker);
        var ensembles = new EnsembleMemory(config.maxEnsembleBytes().asLongValue());
        return new FineGrainedClassificationPipeline(
                models, images, new RequestBounds(cpu, explanations, ensembles), ticker);
    }

    @Produces
    @Singleton
    FineGrainedClassifier classifier(FineGrainedClassificationPipeline pipeline, StageMetrics metrics) {
        return new TimedClassifier(pipeline, metrics);
    }

    /// Replaced where a test brings an engine with a model of its own.
    @Produces
    @Singleton
    @DefaultBean
    ModelAcceptance acceptance(FineGrainedClassificationConfig config, ServingConfig serving) {
        String answersEvents = serving.kafka().enabled() ? serving.models().defaultName() : "";
        return manifest -> ClassificationModels.problem(manifest)
                .or(() -> manifest.name().equals(answersEvents)
                        ? ConfiguredClassification.eventProblem(manifest, config)
                        : Optional.empty());
    }

    @Produces
    @Singleton
    EventSources events(FineGrainedClassifier classifier, FineGrainedClassificationConfig config, Models models) {
        return EventSources.of(EventSource.images(new FineGrainedClassificationEventListener(
                classifier, ConfiguredClassification.events(config.events()), () -> models.answering()
                        .map(ModelIdentity::of))));
    }
}
