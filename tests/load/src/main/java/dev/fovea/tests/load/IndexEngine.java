package dev.fovea.tests.load;

import dev.fovea.inference.Ticker;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.opensearch.BulkLimits;
import dev.fovea.opensearch.IndexLayout;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.opensearch.OpenSearchSettings;
import dev.fovea.opensearch.Servers;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// The vector index engines that can be measured.
enum IndexEngine {
    LUCENE {
        @Override
        VectorIndexEngine open(Path folder) {
            return new LuceneEngine(LuceneSettings.of(folder), Ticker.system(), InstantSource.system());
        }
    },

    /// On three nodes of this machine, two shards of two copies; offers FLOAT32 and INT8.
    OPENSEARCH {
        @Override
        VectorIndexEngine open(Path folder) throws IOException, InterruptedException {
            OpenSearchCluster cluster = OpenSearchCluster.start(folder, 3, Map.of());
            IndexLayout layout = new IndexLayout("fovea-", 2, 1, Duration.ofSeconds(1), Duration.ofDays(7));
            var settings = new OpenSearchSettings(Servers.at(cluster.urls()), layout, BulkLimits.DEFAULT);
            return new OnOwnCluster(cluster, new OpenSearchEngine(settings, Ticker.system(), InstantSource.system()));
        }
    };

    /// @param folder for whatever the engine keeps on disk
    abstract VectorIndexEngine open(Path folder) throws IOException, InterruptedException;

    private record OnOwnCluster(OpenSearchCluster cluster, OpenSearchEngine engine) implements VectorIndexEngine {

        @Override
        public VectorIndex open(CollectionSpec collection) {
            return engine.open(collection);
        }

        @Override
        public void close() {
            engine.close();
            cluster.close();
        }
    }
}
