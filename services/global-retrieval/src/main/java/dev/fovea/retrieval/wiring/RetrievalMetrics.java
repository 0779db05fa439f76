package dev.fovea.retrieval.wiring;

import dev.fovea.retrieval.RankedImages;
import dev.fovea.vectorindex.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/// What the index is asked and answers. Any thread.
final class RetrievalMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(200_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5)
    };

    private final MeterProvider<Counter> writes;
    private final MeterProvider<Timer> searches;
    private final MeterProvider<Timer> reranks;

    RetrievalMetrics(MeterRegistry registry) {
        writes = Counter.builder("fovea.index.writes")
                .description("Writes that the index answered")
                .withRegistry(registry);
        searches = Timer.builder("fovea.index.search.duration")
                .description("Time of one search in the index, expansion included")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
        reranks = Timer.builder("fovea.rerank.duration")
                .description("Time of verifying one search's candidates")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(registry);
    }

    /// @param kind `upsert` or `delete`
    void written(String kind, Written.Outcome outcome) {
        writes.withTags("kind", kind, "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void searched(RankedImages ranked) {
        searches.withTags("collection", ranked.collection()).record(Duration.ofNanos(ranked.searchNanos()));
        ranked.rerank().ifPresent(summary -> reranks.withTags("collection", ranked.collection())
                .record(summary.took()));
    }
}
