package dev.fovea.retrieval.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.inference.lifecycle.ModelRef;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.quarkus.config.ServingConfig;
import dev.fovea.retrieval.CollectionSettings;
import dev.fovea.retrieval.RerankRules;
import dev.fovea.retrieval.RetrievalLimits;
import dev.fovea.retrieval.StageTwoSettings;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.VectorStorage;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredRetrievalTest {
    private static final String PLACES = "fovea.retrieval.collections.places.";

    @Test
    void defaultsAreThoseOfTheRecords() {
        RetrievalConfig config = retrieval(Map.of());

        assertThat(ConfiguredRetrieval.limits(config)).isEqualTo(RetrievalLimits.defaults());
        assertThat(ConfiguredStageTwo.rules(config.rerank())).isEqualTo(RerankRules.defaults());
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void withoutCollectionsThereIsOneOfTheDefaultModel() {
        RetrievalConfig config = retrieval(Map.of());

        var collections = ConfiguredRetrieval.collections(config, "embedder");

        assertThat(collections)
                .containsExactly(new CollectionSettings(
                        "images",
                        new ModelRef("embedder", 0),
                        Optional.empty(),
                        VectorStorage.FLOAT32,
                        Map.of(),
                        new StageTwoSettings(false, 400, 320)));
        assertThat(ConfiguredRetrieval.defaultCollection(config, collections)).isEqualTo("images");
    }

    @Test
    void aCollectionIsAsItIsConfigured() {
        RetrievalConfig config = retrieval(Map.of(
                PLACES + "model", "dolg@3",
                PLACES + "local-model", "siftnet",
                PLACES + "storage", "int4",
                PLACES + "fields.city", "text",
                PLACES + "fields.taken", "time",
                PLACES + "rerank", "true",
                PLACES + "keypoints", "200",
                PLACES + "thumbnail-side", "0"));

        assertThat(ConfiguredRetrieval.collections(config, "embedder"))
                .containsExactly(new CollectionSettings(
                        "places",
                        new ModelRef("dolg", 3),
                        Optional.of(new ModelRef("siftnet", 0)),
                        VectorStorage.INT4,
                        Map.of("city", FieldType.TEXT, "taken", FieldType.TIME),
                        new StageTwoSettings(true, 200, 0)));
    }

    @Test
    void theEmbeddedEngineIsAsItIsConfigured() {
        RetrievalConfig config = retrieval(Map.of(
                "fovea.retrieval.lucene.folder", "/data/index",
                "fovea.retrieval.lucene.refresh", "200ms",
                "fovea.retrieval.lucene.threads", "3",
                "fovea.retrieval.lucene.ram-buffer", "64M",
                "fovea.retrieval.lucene.reserved-disk", "2G",
                "fovea.retrieval.lucene.connections", "24",
                "fovea.retrieval.lucene.beam", "150",
                "fovea.retrieval.lucene.tombstones", "1d"));

        assertThat(ConfiguredEngine.lucene(config.lucene()))
                .isEqualTo(LuceneSettings.of(Path.of("/data/index"))
                        .withVisibleWithin(Duration.ofMillis(200))
                        .withWriting(new LuceneSettings.Writing(3, 64, 2L << 30))
                        .withGraph(new LuceneSettings.Graph(24, 150))
                        .withTombstonesFor(Duration.ofDays(1)));
    }

    @Test
    void theEmbeddedEnginesDefaultsAreItsOwn() {
        assertThat(ConfiguredEngine.lucene(retrieval(Map.of()).lucene()))
                .isEqualTo(LuceneSettings.of(Path.of("index")));
    }

    @Test
    void theClustersPasswordGoesToItsClientAlone() {
        var settings = ConfiguredEngine.openSearch(retrieval(Map.of(
                        "fovea.retrieval.opensearch.urls", "https://one:9200,https://two:9200",
                        "fovea.retrieval.opensearch.user", "fovea",
                        "fovea.retrieval.opensearch.password", "hunter2"))
                .opensearch());

        assertThat(settings.servers().urls()).hasSize(2);
        assertThat(settings.servers().credentials()).isPresent();
        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    @Test
    void aLocalModelOfTheOtherServiceNeedNotBeLoaded() {
        assertThatCode(() -> check(Map.of(
                        PLACES + "local-model", "siftnet", "fovea.retrieval.local-features.remote", "patches:9000")))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                argumentSet(
                        "a model that is not loaded",
                        Map.of(PLACES + "model", "dolg"),
                        "fovea.retrieval.collections.\"places\".model = dolg is not loaded: add it to"
                                + " fovea.models.load"),
                argumentSet(
                        "a local model that is not loaded",
                        Map.of(PLACES + "local-model", "siftnet@2"),
                        "fovea.retrieval.collections.\"places\".local-model = siftnet@2 is not loaded"),
                argumentSet(
                        "a version that is no number",
                        Map.of(PLACES + "model", "embedder@new"),
                        "version \"new\" is not a positive whole number"),
                argumentSet(
                        "re-ranking without local model",
                        Map.of(PLACES + "rerank", "true"),
                        "fovea.retrieval.collections.\"places\".rerank = true needs"
                                + " fovea.retrieval.collections.\"places\".local-model"),
                argumentSet(
                        "a name with a space",
                        Map.of("fovea.retrieval.collections.\"my places\".storage", "int8"),
                        "collection name \"my places\""),
                argumentSet(
                        "several collections and no default",
                        Map.of(PLACES + "storage", "int8", "fovea.retrieval.collections.birds.storage", "int8"),
                        "fovea.retrieval.default-collection is missing: there are several collections, [birds, places]"),
                argumentSet(
                        "a default that is none of them",
                        Map.of("fovea.retrieval.default-collection", "x"),
                        "fovea.retrieval.default-collection = x is no collection; configured are [images]"),
                argumentSet(
                        "events for a collection that is none",
                        Map.of("fovea.retrieval.events.collection", "x"),
                        "fovea.retrieval.events.collection = x is no collection; configured are [images]"),
                argumentSet("more results by default than allowed", Map.of("fovea.retrieval.max-k", "5"), "is 10"),
                argumentSet(
                        "more candidates re-ranked by default than allowed",
                        Map.of("fovea.retrieval.rerank.max-candidates", "20"),
                        "50 candidates by default, at most 20"),
                argumentSet(
                        "an authority without TLS",
                        Map.of("fovea.retrieval.local-features.ca-certificate", "ca.pem"),
                        "fovea.retrieval.local-features.ca-certificate needs"),
                argumentSet(
                        "TLS to nobody",
                        Map.of("fovea.retrieval.local-features.tls", "true"),
                        "fovea.retrieval.local-features.tls = true needs fovea.retrieval.local-features.remote"),
                argumentSet(
                        "a cluster without address",
                        Map.of("fovea.retrieval.engine", "opensearch"),
                        "fovea.retrieval.engine = opensearch needs fovea.retrieval.opensearch.urls"),
                argumentSet(
                        "a user without password",
                        Map.of(
                                "fovea.retrieval.engine", "opensearch",
                                "fovea.retrieval.opensearch.urls", "http://localhost:9200",
                                "fovea.retrieval.opensearch.user", "fovea"),
                        "fovea.retrieval.opensearch.user and fovea.retrieval.opensearch.password belong together"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void valuesThatContradictEachOtherAreRefused(Map<String, String> values, String message) {
        assertThatThrownBy(() -> check(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void check(Map<String, String> values) {
        SmallRyeConfig config = config(values);
        ConfiguredRetrieval.check(
                config.getConfigMapping(RetrievalConfig.class), config.getConfigMapping(ServingConfig.class));
    }

    private static RetrievalConfig retrieval(Map<String, String> values) {
        return config(values).getConfigMapping(RetrievalConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("fovea.models.default", "embedder");
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RetrievalConfig.class)
                .withMapping(ServingConfig.class)
                .withValidateUnknown(false)
                .withDefaultValues(all)
                .build();
    }
}
