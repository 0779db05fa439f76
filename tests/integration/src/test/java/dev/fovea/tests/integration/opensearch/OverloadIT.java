package dev.fovea.tests.integration.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.inference.Ticker;
import dev.fovea.opensearch.BulkLimits;
import dev.fovea.opensearch.IndexLayout;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.opensearch.OpenSearchSettings;
import dev.fovea.opensearch.Servers;
import dev.fovea.tests.support.OpenSearchCluster;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.Written;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that takes less at a time than is sent to it.
final class OverloadIT {

    private static final int ENTRIES = 300;
    private static final int PAYLOAD_BYTES = 20_000;

    @Test
    void whatIsRefusedForLoadIsSentAgainUntilItIsKept(@TempDir Path folder) throws Exception {
        Map<String, String> narrow = Map.of("indexing_pressure.memory.limit", "300kb");
        BulkLimits manyAtOnce = new BulkLimits(4, 100_000, Duration.ofMillis(2), 16);
        IndexLayout oneCopy = new IndexLayout("fovea-", 1, 0, Duration.ofSeconds(1), Duration.ofDays(7));
        try (OpenSearchCluster node = OpenSearchCluster.start(folder, 1, narrow);
                OpenSearchEngine engine = new OpenSearchEngine(
                        new OpenSearchSettings(Servers.at(node.urls()), oneCopy, manyAtOnce),
                        Ticker.system(),
                        InstantSource.system());
                VectorIndex index = engine.open(SharedCluster.collection())) {
            for (Future<Written> write : writeTogether(index)) {
                assertThat(write.get().outcome()).isEqualTo(Written.Outcome.STORED);
            }

            assertThat(rejections(node.ask("GET", "/_nodes/stats/indexing_pressure")))
                    .isPositive();
            index.awaitVisible(SharedCluster.soon());
            assertThat(index.stats(SharedCluster.soon()).entries()).isEqualTo(ENTRIES);
        }
    }

    private static List<Future<Written>> writeTogether(VectorIndex index) {
        List<Future<Written>> writes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ENTRIES; i++) {
                IndexEntry small = SharedCluster.entry("id-" + i, 1);
                ByteBuffer payload = ByteBuffer.wrap(new byte[PAYLOAD_BYTES]);
                IndexEntry large = new IndexEntry(small.id(), 1, small.vector(), small.metadata(), payload);
                writes.add(callers.submit(() -> index.upsert(large, SharedCluster.within(Duration.ofMinutes(3)))));
            }
        }
        return writes;
    }

    /// How many requests the node has refused, as it says itself.
    private static int rejections(String stats) {
        Matcher count = Pattern.compile("\"coordinating_rejections\":(\\d+)").matcher(stats);
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
    }
}
