package dev.fovea.retrieval.wiring;

import dev.fovea.inference.Ticker;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.opensearch.BulkLimits;
import dev.fovea.opensearch.Credentials;
import dev.fovea.opensearch.IndexLayout;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.opensearch.OpenSearchSettings;
import dev.fovea.opensearch.Servers;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The engine out of its configuration.
final class ConfiguredEngine {
    private static final String PREFIX = "fovea.retrieval.opensearch.";

    private ConfiguredEngine() {}

    static VectorIndexEngine of(RetrievalConfig config, Ticker ticker) {
        InstantSource clock = InstantSource.system();
        return switch (config.engine()) {
            case LUCENE -> new LuceneEngine(lucene(config.lucene()), ticker, clock);
            case OPENSEARCH -> new OpenSearchEngine(openSearch(config.opensearch()), ticker, clock);
        };
    }

    /// @throws IllegalArgumentException if values of the chosen engine contradict each other
    static void check(RetrievalConfig config) {
        switch (config.engine()) {
            case LUCENE -> lucene(config.lucene());
            case OPENSEARCH -> openSearch(config.opensearch());
        }
    }

    static LuceneSettings lucene(LuceneConfig config) {
        int buffer = Math.toIntExact(config.ramBuffer().asLongValue() >> 20);
        return LuceneSettings.of(config.folder())
                .withWriting(new LuceneSettings.Writing(
                        config.threads(), buffer, config.reservedDisk().asLongValue()))
                .withGraph(new LuceneSettings.Graph(config.connections(), config.beam()))
                .withVisibleWithin(config.refresh())
                .withTombstonesFor(config.tombstones());
    }

    static OpenSearchSettings openSearch(OpenSearchConfig config) {
        List<URI> urls =
                config.urls().orElse(List.of()).stream().map(URI::create).toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("fovea.retrieval.engine = opensearch needs " + PREFIX + "urls");
        }
        var servers = new Servers(
                urls, credentials(config), config.caCertificate(), config.connectTimeout(), config.requestTimeout());
        var layout = new IndexLayout(
                config.prefix(), config.shards(), config.replicas(), config.refresh(), config.tombstones());
        return new OpenSearchSettings(servers, layout, BulkLimits.DEFAULT);
    }

    private static Optional<Credentials> credentials(OpenSearchConfig config) {
        if (config.user().isPresent() != config.password().isPresent()) {
            throw new IllegalArgumentException(PREFIX + "user and " + PREFIX + "password belong together");
        }
        return config.user().map(user -> new Credentials(user, config.password().orElseThrow()));
    }
}
