package dev.fovea.tests.contract;

import dev.fovea.inference.Ticker;
import dev.fovea.lucene.LuceneEngine;
import dev.fovea.lucene.LuceneSettings;
import dev.fovea.tests.contract.vectorindex.FilterContract;
import dev.fovea.tests.contract.vectorindex.LifecycleContract;
import dev.fovea.tests.contract.vectorindex.SearchContract;
import dev.fovea.tests.contract.vectorindex.VersionsContract;
import dev.fovea.vectorindex.VectorIndexEngine;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// Lucene inside the process, each class with a folder of its own.
class LuceneVectorIndexContractTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @Nested
    class Versions extends VersionsContract {
        @Override
        protected VectorIndexEngine engine() {
            return lucene();
        }
    }

    @Nested
    class Filters extends FilterContract {
        @Override
        protected VectorIndexEngine engine() {
            return lucene();
        }
    }

    @Nested
    class Searches extends SearchContract {
        @Override
        protected VectorIndexEngine engine() {
            return lucene();
        }
    }

    @Nested
    class Lifecycle extends LifecycleContract {
        @Override
        protected VectorIndexEngine engine() {
            return lucene();
        }
    }

    private VectorIndexEngine lucene() {
        return new LuceneEngine(LuceneSettings.of(folder), Ticker.system(), InstantSource.system());
    }
}
