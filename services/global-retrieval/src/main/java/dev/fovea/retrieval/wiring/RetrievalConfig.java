package dev.fovea.retrieval.wiring;

import dev.fovea.quarkus.config.Setting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/// What is configurable about retrieving images.
@ConfigMapping(prefix = "fovea.retrieval")
public interface RetrievalConfig {

    @Setting(is = "what keeps the indexes: inside this process, or a cluster")
    @WithDefault("lucene")
    Engine engine();

    /// None: one collection `images` with every default.
    Map<String, CollectionConfig> collections();

    @Setting(is = "collection of requests that name none", otherwise = "the only one")
    Optional<String> defaultCollection();

    @Setting(is = "results that a search may ask for", unit = "images", from = "1", to = "10000")
    @WithDefault("1000")
    int maxK();

    @Setting(
            is = "results of a search that names no number, at most `max-k`",
            unit = "images",
            from = "1",
            to = "10000")
    @WithDefault("10")
    int k();

    @Setting(
            is = "candidates that a search may have stage one fetch, at least `max-k`",
            unit = "images",
            from = "1",
            to = "100000")
    @WithDefault("10000")
    int maxCandidates();

    @Setting(is = "searches of one stream in flight", unit = "requests", from = "1", to = "1024")
    @WithDefault("16")
    int streamWindow();

    RerankConfig rerank();

    LocalFeaturesConfig localFeatures();

    LuceneConfig lucene();

    OpenSearchConfig opensearch();

    EventsConfig events();

    QueriesConfig queries();

    /// What is done with an image event.
    interface EventsConfig {

        @Setting(is = "collection into which images of events go", otherwise = "the default collection")
        Optional<String> collection();
    }

    /// Searches that come by topic.
    interface QueriesConfig {

        @Setting(is = "answer queries of a topic too; needs `fovea.kafka.enabled`")
        @WithDefault("true")
        boolean enabled();

        @Setting(is = "topic of the queries")
        @WithDefault("fovea.retrieval-queries")
        String topic();

        @Setting(is = "topic of their results")
        @WithDefault("fovea.retrieval-results")
        String results();

        @Setting(is = "consumer group of all instances, for the queries alone")
        @WithDefault("fovea-global-retrieval-queries")
        String group();
    }

    /// The engines.
    enum Engine {
        LUCENE,
        OPENSEARCH
    }
}
