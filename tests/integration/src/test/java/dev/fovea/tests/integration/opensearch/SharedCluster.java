package dev.fovea.tests.integration.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.opensearch.BulkLimits;
import dev.fovea.opensearch.IndexLayout;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.opensearch.OpenSearchSettings;
import dev.fovea.opensearch.Servers;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.FieldType;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.MetadataValue;
import dev.fovea.vectorindex.VectorStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Three nodes for all tests of the JVM, started by the first that asks; they end with the JVM. A test that kills nodes
/// starts them again.
final class SharedCluster {

    static final int NODES = 3;
    static final int DIMENSION = 16;
    static final IndexLayout TWO_SHARDS_OF_TWO_COPIES =
            new IndexLayout("fovea-", 2, 1, Duration.ofSeconds(1), Duration.ofDays(7));

    private static Optional<OpenSearchCluster> running = Optional.empty();

    private SharedCluster() {}

    static synchronized OpenSearchCluster get() throws InterruptedException {
        if (running.isEmpty()) {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "opensearch-");
                running = Optional.of(OpenSearchCluster.start(folder.toAbsolutePath(), NODES, Map.of()));
            } catch (IOException notStarted) {
                throw new UncheckedIOException(notStarted);
            }
        }
        return running.get();
    }

    /// A new connection; whoever asks closes it.
    static OpenSearchEngine engine() throws InterruptedException {
        return engine(get().urls(), TWO_SHARDS_OF_TWO_COPIES);
    }

    static OpenSearchEngine engine(List<URI> urls, IndexLayout layout) {
        OpenSearchSettings settings = new OpenSearchSettings(Servers.at(urls), layout, BulkLimits.DEFAULT);
        return new OpenSearchEngine(settings, Ticker.system(), InstantSource.system());
    }

    /// A collection of a name that was never used.
    static CollectionSpec collection(Map<String, FieldType> fields) {
        String name = "c" + UUID.randomUUID().toString().substring(0, 8);
        return new CollectionSpec(name, "gem@1 sha256:0123", DIMENSION, VectorStorage.FLOAT32, fields);
    }

    static CollectionSpec collection() {
        return collection(Map.of("number", FieldType.NUMBER));
    }

    /// The same vector for the same id and version.
    static IndexEntry entry(String id, long version) {
        float[] vector = new float[DIMENSION];
        vector[Math.floorMod(id.hashCode(), DIMENSION)] = 1;
        vector[Math.floorMod(id.hashCode() * 31, DIMENSION)] += (float) version / 100;
        Map<String, MetadataValue> metadata = Map.of("number", new MetadataValue.OfNumber(version));
        return new IndexEntry(id, version, Embedding.normalized(vector), metadata, ByteBuffer.wrap(new byte[] {1, 2}));
    }

    static Deadline within(Duration time) {
        return Deadline.after(time, Ticker.system());
    }

    static Deadline soon() {
        return within(Duration.ofSeconds(30));
    }
}
