package dev.fovea.lucene;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/// Forgets deletes that are older than the retention.
///
/// **Threads:** one at a time purges; any counts.
final class Tombstones {

    /// How often, in parts of the retention.
    private static final int PURGES_PER_RETENTION = 10;

    private static final Query ALL = before(Instant.ofEpochMilli(Long.MAX_VALUE));

    private final IndexWriter writer;
    private final Duration retention;
    private final InstantSource clock;
    private Instant due;

    Tombstones(IndexWriter writer, Duration retention, InstantSource clock) {
        this.writer = writer;
        this.retention = retention;
        this.clock = clock;
        this.due = clock.instant();
    }

    Instant now() {
        return clock.instant();
    }

    /// Takes part in the next commit.
    void purgeIfDue() throws IOException {
        Instant now = clock.instant();
        if (!now.isBefore(due)) {
            writer.deleteDocuments(before(now.minus(retention)));
            due = now.plus(retention.dividedBy(PURGES_PER_RETENTION));
        }
    }

    static int count(IndexSearcher searcher) throws IOException {
        return searcher.count(ALL);
    }

    private static Query before(Instant time) {
        return LongPoint.newRangeQuery(Documents.DELETED, Long.MIN_VALUE, time.toEpochMilli());
    }
}
