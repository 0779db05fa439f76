package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.Written;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/// Writes of which the highest version of an id wins. Lucene has no versions of its own, so comparing and
/// writing are one step under a lock; ids share a number of locks.
///
/// **Threads:** any.
final class VersionedWrites {

    private static final int LOCKS = 256;

    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final LiveVersions live;
    private final Tombstones tombstones;
    private final IndexHealth health;
    private final OwnThreads threads;
    private final Object[] locks =
            IntStream.range(0, LOCKS).mapToObj(_ -> new Object()).toArray();

    VersionedWrites(OpenIndex index, LiveVersions live, Tombstones tombstones, OwnThreads threads) {
        this.writer = index.writer();
        this.searchers = index.searchers();
        this.health = index.health();
        this.live = live;
        this.tombstones = tombstones;
        this.threads = threads;
    }

    /// @throws InvalidInput `ENTRY_REFUSED` if Lucene has a limit that the checks before do not know
    Written upsert(IndexEntry entry, Deadline deadline) throws InterruptedException {
        return threads.call(() -> accepted(entry), deadline);
    }

    Written delete(String id, long version, Deadline deadline) throws InterruptedException {
        return threads.call(() -> write(id, version, Documents.tombstone(id, version, tombstones.now())), deadline);
    }

    private Written accepted(IndexEntry entry) throws IOException {
        try {
            return write(entry.id(), entry.version(), Documents.entry(entry));
        } catch (IllegalArgumentException refused) {
            throw new InvalidInput(
                    "ENTRY_REFUSED", "Lucene refused the entry \"" + entry.id() + "\": " + refused.getMessage());
        }
    }

    private Written write(String id, long version, Document document) throws IOException {
        health.requireWritable();
        synchronized (locks[Math.floorMod(id.hashCode(), LOCKS)]) {
            OptionalLong kept = keptVersion(id);
            if (kept.isPresent() && kept.getAsLong() >= version) {
                return new Written(
                        kept.getAsLong() == version ? Written.Outcome.UNCHANGED : Written.Outcome.STALE,
                        kept.getAsLong());
            }
            writer.updateDocument(new Term(Documents.ID, id), document);
            live.put(id, version);
        }
        return new Written(Written.Outcome.STORED, version);
    }

    private OptionalLong keptVersion(String id) throws IOException {
        OptionalLong unseen = live.get(id);
        if (unseen.isPresent()) {
            return unseen;
        }
        IndexSearcher searcher = searchers.acquire();
        try {
            return Place.of(id, searcher.getIndexReader()).map(Place::version).orElseGet(OptionalLong::empty);
        } finally {
            searchers.release(searcher);
        }
    }
}
