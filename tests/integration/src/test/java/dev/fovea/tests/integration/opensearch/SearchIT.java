package dev.fovea.tests.integration.opensearch;

import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.tests.contract.vectorindex.SearchContract;
import dev.fovea.vectorindex.VectorIndexEngine;
import dev.fovea.vectorindex.VectorStorage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class SearchIT extends SearchContract {

    private static OpenSearchEngine engine;

    @BeforeAll
    static void connect() throws InterruptedException {
        engine = SharedCluster.engine();
    }

    @AfterAll
    static void disconnect() {
        engine.close();
    }

    @Override
    protected VectorIndexEngine engine() {
        return engine;
    }

    @Override
    protected List<VectorStorage> storages() {
        return List.of(VectorStorage.FLOAT32, VectorStorage.INT8);
    }
}
