package dev.fovea.patches.wiring;

import dev.fovea.imaging.patch.KeypointDetector;
import dev.fovea.imaging.patch.PatchModels;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.patches.PatchDescriber;
import dev.fovea.patches.PatchDescriptionPipeline;
import dev.fovea.patches.PatchLimits;
import dev.fovea.patches.events.PatchDescriptionEventListener;
import dev.fovea.quarkus.EventSource;
import dev.fovea.quarkus.EventSources;
import dev.fovea.quarkus.ModelAcceptance;
import dev.fovea.quarkus.OwnLimits;
import dev.fovea.quarkus.ServiceIdentity;
import dev.fovea.quarkus.metrics.StageMetrics;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Produces the service's own objects.
public final class PatchDescriptionBeans {

    private static final String SERVICE = "patch-description";
    private static final String RESULT_TOPIC = "fovea.patch-descriptions";

    @Produces
    @Singleton
    ServiceIdentity identity(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServiceIdentity(SERVICE, version, RESULT_TOPIC);
    }

    @Produces
    @Singleton
    PatchLimits limits(PatchDescriptionConfig config) {
        return new PatchLimits(config.maxPatches(), config.maxKeypoints());
    }

    @Produces
    @Singleton
    OwnLimits ownLimits(PatchDescriptionConfig config) {
        return new OwnLimits(Map.of(
                "fovea.patches.max-patches", config.maxPatches() + " patches",
                "fovea.patches.max-keypoints", config.maxKeypoints() + " keypoints",
                "fovea.patches.stream-window", config.streamWindow() + " requests"));
    }

    /// Behind [#describer], which is what the entrances get.
    @Produces
    @Singleton
    @Typed(PatchDescriptionPipeline.class)
    PatchDescriptionPipeline pipeline(
            Models models, ImageReader images, Permits cpu, PatchLimits limits, Ticker ticker) {
        return new PatchDescriptionPipeline(models, images, cpu, limits, ticker);
    }

    @Produces
    @Singleton
    PatchDescriber describer(PatchDescriptionPipeline pipeline, StageMetrics metrics) {
        return new TimedPatchDescriber(pipeline, metrics);
    }

    /// Replaced where a test brings an engine with a model of its own.
    @Produces
    @Singleton
    @DefaultBean
    ModelAcceptance acceptance() {
        return PatchModels::problem;
    }

    @Produces
    @Singleton
    EventSources events(PatchDescriber describer, PatchDescriptionConfig config, Models models) {
        return EventSources.of(EventSource.images(new PatchDescriptionEventListener(
                describer,
                ModelRef.DEFAULT,
                detector(config.events()),
                config.events().elementType(),
                () -> models.answering().map(ModelIdentity::of))));
    }

    /// @throws IllegalArgumentException if values contradict each other
    static void check(PatchDescriptionConfig config) {
        var limits = new PatchLimits(config.maxPatches(), config.maxKeypoints());
        if (config.events().maxKeypoints() > limits.maxKeypoints()) {
            throw new IllegalArgumentException("fovea.patches.events.max-keypoints = "
                    + config.events().maxKeypoints() + " is above fovea.patches.max-keypoints = "
                    + limits.maxKeypoints());
        }
    }

    private static KeypointDetector detector(PatchDescriptionConfig.EventsConfig config) {
        return switch (config.detector()) {
            case SIFT -> new KeypointDetector.Sift(config.maxKeypoints(), config.contrastThreshold());
            case DENSE_GRID -> new KeypointDetector.DenseGrid(config.gridStep(), config.gridSizes());
        };
    }
}
