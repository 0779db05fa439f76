package dev.fovea.tests.load;

import dev.fovea.inference.Ticker;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.nio.file.Path;
import java.time.InstantSource;

/// The vector index engines that can be measured.
enum IndexEngine {
    LUCENE {
        @Override
        VectorIndexEngine open(Path folder) {
            return new LuceneEngine(LuceneSettings.of(folder), Ticker.system(), InstantSource.system());
        }
    };

    /// @param folder for whatever the engine keeps on disk
    abstract VectorIndexEngine open(Path folder);
}
