package dev.fovea.tests.integration.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.opensearch.IndexLayout;
import dev.fovea.opensearch.OpenSearchEngine;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.Written;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Deletes are remembered for a while, and not longer.
final class TombstonesIT {

    @Test
    void tombstonesArePurgedAfterTheirTimeAndLivingEntriesStay() throws Exception {
        IndexLayout forgetful = new IndexLayout("fovea-", 1, 1, Duration.ofMillis(200), Duration.ofSeconds(5));
        try (OpenSearchEngine engine = SharedCluster.engine(SharedCluster.get().urls(), forgetful);
                VectorIndex index = engine.open(SharedCluster.collection())) {
            index.upsert(SharedCluster.entry("a", 1), SharedCluster.soon());
            index.upsert(SharedCluster.entry("b", 1), SharedCluster.soon());
            Written deleted = index.delete("a", 2, SharedCluster.soon());
            assertThat(deleted.outcome()).isEqualTo(Written.Outcome.STORED);

            String document = "/fovea-" + index.spec().name() + "/_doc/a";
            assertThat(SharedCluster.get().ask("GET", document)).contains("deleted_at");
            long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (!SharedCluster.get().ask("GET", document).contains("\"found\":false")) {
                assertThat(System.nanoTime()).as("the tombstone is still there").isLessThan(end);
                Thread.sleep(200);
            }

            assertThat(index.get(List.of("a", "b"), Set.of(), SharedCluster.soon()))
                    .extracting(IndexEntry::id)
                    .containsExactly("b");
        }
    }
}
