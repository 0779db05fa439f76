package dev.fovea.retrieval.wiring;

import dev.fovea.imaging.decode.ImageDecoder;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.quarkus.EventSources;
import dev.fovea.quarkus.ModelAcceptance;
import dev.fovea.quarkus.OwnLimits;
import dev.fovea.quarkus.ServiceIdentity;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.quarkus.metrics.StageMetrics;
import dev.fovea.quarkus.parts.ServicePart;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.Collections;
import dev.fovea.retrieval.GlobalRetrievalPipeline;
import dev.fovea.retrieval.ImageRetriever;
import dev.fovea.retrieval.StageTwo;
import dev.fovea.retrieval.WriteVersions;
import dev.fovea.vectorindex.VectorIndexEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Produces the service's own objects.
public final class GlobalRetrievalBeans {

    private static final String SERVICE = "global-retrieval";
    private static final String RESULT_TOPIC = "fovea.embeddings";

    @Produces
    @Singleton
    ServiceIdentity identity(@ConfigProperty(name = "quarkus.application.version") String version) {
        return new ServiceIdentity(SERVICE, version, RESULT_TOPIC);
    }

    @Produces
    @Singleton
    OwnLimits ownLimits(RetrievalConfig config) {
        return ConfiguredRetrieval.ownLimits(config);
    }

    @Produces
    @Singleton
    @DefaultBean
    VectorIndexEngine engine(RetrievalConfig config, Ticker ticker) {
        return ConfiguredEngine.of(config, ticker);
    }

    /// Owns the engine; closed as a part of the service.
    @Produces
    @Singleton
    Collections collections(RetrievalConfig config, ServingConfig serving, VectorIndexEngine engine) {
        List<CollectionSettings> settings =
                ConfiguredRetrieval.collections(config, serving.models().defaultName());
        return new Collections(settings, ConfiguredRetrieval.defaultCollection(config, settings), engine);
    }

    @Produces
    @Singleton
    ServicePart index(Collections collections) {
        return new IndexPart(collections);
    }

    /// Owns the connection to the patch description service, if there is one; closed as a part of the service.
    @Produces
    @Singleton
    LocalExtractors extractors(RetrievalConfig config, Models models, Ticker ticker) {
        return LocalExtractors.of(config.localFeatures(), models, ticker);
    }

    @Produces
    @Singleton
    StageTwo stageTwo(
            LocalExtractors extractors, Permits cpu, ImageDecoder decoder, RetrievalConfig config, Ticker ticker) {
        return ConfiguredStageTwo.of(config.rerank(), extractors, decoder, cpu, ticker);
    }

    @Produces
    @Singleton
    IndexGauges gauges(MeterRegistry registry, RetrievalConfig config, Ticker ticker) {
        if (config.engine() == RetrievalConfig.Engine.LUCENE) {
            new IndexDisk(config.lucene().folder()).register(registry);
        }
        return new IndexGauges(registry, ticker);
    }

    /// Behind [#retriever], which is what the entrances get.
    @Produces
    @Singleton
    @Typed(GlobalRetrievalPipeline.class)
    GlobalRetrievalPipeline pipeline(
            Models models,
            ImageReader images,
            Collections collections,
            GlobalRetrievalPipeline.Surroundings surroundings) {
        return new GlobalRetrievalPipeline(models, images, collections, surroundings);
    }

    @Produces
    @Singleton
    GlobalRetrievalPipeline.Surroundings surroundings(RetrievalConfig config, StageTwo stageTwo, Ticker ticker) {
        return new GlobalRetrievalPipeline.Surroundings(
                ConfiguredRetrieval.limits(config),
                stageTwo,
                new WriteVersions(InstantSource.system()),
                new LuceneBackups(config.lucene().backups()),
                ticker);
    }

    @Produces
    @Singleton
    ImageRetriever retriever(GlobalRetrievalPipeline pipeline, StageMetrics stages, MeterRegistry registry) {
        return new TimedRetriever(pipeline, stages, new RetrievalMetrics(registry));
    }

    /// Replaced where a test brings an engine with a model of its own.
    @Produces
    @Singleton
    @DefaultBean
    ModelAcceptance acceptance(RetrievalConfig config, ServingConfig serving) {
        return new AcceptedByUse(
                ConfiguredRetrieval.collections(config, serving.models().defaultName()));
    }

    @Produces
    @Singleton
    EventSources events(ImageRetriever retriever, Collections collections, RetrievalConfig config) {
        return ConfiguredEvents.of(retriever, collections, config);
    }
}
