package dev.fovea.tests.integration.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes are killed (SIGKILL) while entries are written and searched for.
final class NodesDieIT {

    private OpenSearchCluster cluster;
    private OpenSearchEngine engine;
    private VectorIndex index;

    @BeforeEach
    void fill() throws Exception {
        cluster = SharedCluster.get();
        cluster.awaitNodes(SharedCluster.NODES);
        engine = SharedCluster.engine();
        index = engine.open(SharedCluster.collection());
        for (int i = 0; i < 10; i++) {
            index.upsert(SharedCluster.entry("fixed-" + i, 1), SharedCluster.soon());
        }
        index.awaitVisible(SharedCluster.soon());
        cluster.awaitGreen();
    }

    @AfterEach
    void disconnect() {
        index.close();
        engine.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndSearchesGoOnWhenTheClusterManagerDies() throws Exception {
        try (Traffic traffic = new Traffic(index)) {
            traffic.goesOnFor(400);
            int manager = cluster.manager();

            cluster.kill(manager);
            traffic.goesOnFor(400);
            cluster.restart(manager);
            cluster.awaitNodes(SharedCluster.NODES);
            traffic.goesOnFor(400);

            assertThat(missing(traffic.stop())).isEmpty();
        }
    }

    @Test
    void everyAcknowledgedEntryIsBackWhenAllNodesDiedAndAreStartedAgain() throws Exception {
        try (Traffic traffic = new Traffic(index)) {
            traffic.goesOnFor(400);

            for (int node = 0; node < SharedCluster.NODES; node++) {
                cluster.kill(node);
            }
            for (int node = 0; node < SharedCluster.NODES; node++) {
                cluster.restart(node);
            }
            cluster.awaitNodes(SharedCluster.NODES);
            traffic.goesOnFor(100);

            assertThat(missing(traffic.stop())).isEmpty();
        }
    }

    /// Those acknowledged entries that are not kept as they were written.
    private Map<String, Long> missing(Map<String, Long> acknowledged) throws InterruptedException {
        Map<String, Long> missing = new HashMap<>(acknowledged);
        for (IndexEntry entry : index.get(List.copyOf(acknowledged.keySet()), Set.of(), SharedCluster.soon())) {
            missing.remove(entry.id(), entry.version());
        }
        return missing;
    }
}
