package dev.fovea.opensearch;

import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/// Collections in an OpenSearch 3.6 cluster with its k-NN plugin. Any number of processes may write to one collection.
///
/// Any thread. Whoever makes it closes it, after the indexes it opened.
public final class OpenSearchEngine implements VectorIndexEngine {

    private final OpenSearchSettings settings;
    private final InstantSource clock;
    private final Cluster cluster;

    /// Connects when something is asked.
    ///
    /// @param ticker the clock of the deadlines that calls bring
    /// @param clock tells when entries were deleted
    /// @throws IllegalArgumentException if the CA certificate cannot be read
    public OpenSearchEngine(OpenSearchSettings settings, Ticker ticker, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.cluster = new Cluster(
                settings.servers(), ticker, () -> ThreadLocalRandom.current().nextLong());
    }

    /// Waits up to 5 s for the cluster to answer, and up to 30 s for it to make an index.
    @Override
    public VectorIndex open(CollectionSpec collection) {
        OpenSearchIndex index = new OpenSearchIndex(cluster, clock, settings, collection);
        try {
            index.start();
            return index;
        } catch (IndexRefused refused) {
            index.close();
            throw refused;
        } catch (InterruptedException stopped) {
            index.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening \"" + collection.name() + "\"", stopped);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
