package dev.fovea.lucene;

import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;

/// The embedded engine: one folder a collection under a root, one process that writes.
///
/// It needs `--add-modules jdk.incubator.vector` to be as fast as it can. **Threads:** any. It holds nothing
/// itself: each index is closed by whoever opened it.
public final class LuceneEngine implements VectorIndexEngine {

    private final LuceneSettings settings;
    private final Ticker ticker;
    private final InstantSource clock;

    /// @param clock for how old a tombstone is
    public LuceneEngine(LuceneSettings settings, Ticker ticker, InstantSource clock) {
        this.settings = settings;
        this.ticker = ticker;
        this.clock = clock;
    }

    /// @throws IndexRefused also if the folder cannot be written
    @Override
    public LuceneVectorIndex open(CollectionSpec collection) {
        var folder = new CollectionFolder(settings.folder().resolve(collection.name()));
        OpenIndex index = OpenIndex.open(folder, collection, settings, thisProcess());
        return new LuceneVectorIndex(collection, index, settings, ticker, clock);
    }

    @Override
    public void close() {}

    private String thisProcess() {
        return "process " + ProcessHandle.current().pid() + " on host " + host() + ", since " + clock.instant();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
