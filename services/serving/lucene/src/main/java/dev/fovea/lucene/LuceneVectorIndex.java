package dev.fovea.lucene;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.Unavailable;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.IndexStats;
import dev.fovea.vectorindex.InputChecks;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.ScanPage;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;

/// The index of one collection in one folder, written by this process alone.
///
/// Searches run on the caller's thread; files are written on threads of its own, so that callers may be
/// interrupted.
public final class LuceneVectorIndex implements VectorIndex {

    /// Without a write.
    private static final Duration SETTLE_AFTER = Duration.ofSeconds(1);

    private final CollectionSpec spec;
    private final InputChecks checks;
    private final Duration visibleWithin;
    private final Ticker ticker;
    private final OpenIndex index;
    private final LiveVersions live = new LiveVersions();
    private final OwnThreads writers;
    private final OwnThreads committer;
    private final VersionedWrites writes;
    private final GroupCommit commits;
    private final Visibility visibility;
    private final Searches searches;
    private final Settling settling;

    LuceneVectorIndex(
            CollectionSpec spec, OpenIndex index, LuceneSettings settings, Ticker ticker, InstantSource clock) {
        this.spec = spec;
        this.checks = new InputChecks(spec);
        this.visibleWithin = settings.visibleWithin();
        this.ticker = ticker;
        this.index = index;
        index.searchers().addListener(live);
        var tombstones = new Tombstones(index.writer(), settings.tombstonesFor(), clock);
        String name = "lucene-" + spec.name();
        this.writers = new OwnThreads(name + "-write-", settings.writing().threads(), index.health(), ticker);
        this.committer = new OwnThreads(name + "-commit-", 1, index.health(), ticker);
        this.writes = new VersionedWrites(index, live, tombstones, writers);
        this.commits = new GroupCommit(index.writer(), tombstones, committer);
        this.visibility = new Visibility(index, name + "-refresh", visibleWithin, ticker);
        this.searches = new Searches(ticker);
        this.settling = new Settling(index, name + "-settle", SETTLE_AFTER, commits);
    }

    @Override
    public CollectionSpec spec() {
        return spec;
    }

    @Override
    public String engine() {
        return "lucene";
    }

    @Override
    public Written upsert(IndexEntry entry, Deadline deadline) throws InterruptedException {
        checks.requireFits(entry);
        index.health().requireWritable();
        return writes.upsert(entry, deadline);
    }

    @Override
    public Written delete(String id, long version, Deadline deadline) throws InterruptedException {
        checks.requireWritable(id, version);
        index.health().requireWritable();
        return writes.delete(id, version, deadline);
    }

    @Override
    public void makeDurable(Deadline deadline) throws InterruptedException {
        index.health().requireOpen();
        commits.makeDurable(deadline);
    }

    @Override
    public void awaitVisible(Deadline deadline) throws InterruptedException {
        visibility.await(deadline);
    }

    @Override
    public Duration visibleWithin() {
        return visibleWithin;
    }

    @Override
    public List<IndexEntry> get(List<String> ids, Set<Part> parts, Deadline deadline) throws InterruptedException {
        ids.forEach(checks::requireId);
        if (ids.stream().anyMatch(id -> live.get(id).isPresent())) {
            visibility.await(deadline);
        }
        return read(searcher -> {
            List<IndexEntry> entries = new ArrayList<>();
            for (String id : ids) {
                Optional<Place> place = Place.of(id, searcher.getIndexReader());
                if (place.isPresent() && !place.get().isTombstone()) {
                    entries.add(place.get().entry(parts));
                }
            }
            return entries;
        });
    }

    @Override
    public List<Hit> search(VectorQuery query, Deadline deadline) throws InterruptedException {
        checks.requireFits(query);
        deadline.requireWanted(ticker, "the index was searched");
        return read(searcher -> searches.search(searcher, query, deadline));
    }

    @Override
    public ScanPage scan(Optional<String> after, int limit, Optional<Filter> filter, Set<Part> parts, Deadline deadline)
            throws InterruptedException {
        checks.requireLimit(limit);
        filter.ifPresent(checks::requireFits);
        return read(searcher -> new Scans(searcher, ticker).page(after, limit, filter, parts, deadline));
    }

    @Override
    public IndexStats stats(Deadline deadline) throws InterruptedException {
        return read(searcher -> Sizes.stats(searcher, index.directory()));
    }

    @Override
    public Optional<String> problem() {
        return index.health().problem();
    }

    /// Copies the collection as it is durable now, while reading and writing go on; first makes durable what
    /// was written.
    ///
    /// @param target a folder that does not exist or is empty; for [LuceneBackup#restore]. It is of no use if
    ///     the call failed, also for its deadline
    /// @throws dev.fovea.inference.failure.InvalidInput `BACKUP_TARGET_INVALID` if there is something already
    public Backup backup(Path target, Deadline deadline) throws InterruptedException {
        makeDurable(deadline);
        try {
            return LuceneBackup.take(
                    index, spec, target, () -> deadline.requireWanted(ticker, "the backup was complete"));
        } catch (IOException | AlreadyClosedException failed) {
            throw index.health().failure(failed);
        }
    }

    @Override
    public void close() {
        if (index.health().close()) {
            release();
        }
    }

    private void release() {
        settling.close();
        visibility.close();
        writers.close();
        committer.close();
        Optional<String> loss = index.health().loss();
        try {
            index.close();
        } catch (IOException | AlreadyClosedException failed) {
            loss = loss.or(() -> Optional.of(failed.toString()));
        }
        loss.ifPresent(cause -> {
            throw new Unavailable(
                    "INDEX_UNAVAILABLE",
                    "the index of collection " + spec.name() + " was closed without its last writes: " + cause);
        });
    }

    private <T> T read(Reading<T> reading) throws InterruptedException {
        index.health().requireOpen();
        try {
            IndexSearcher searcher = index.searchers().acquire();
            try {
                return reading.with(searcher);
            } finally {
                index.searchers().release(searcher);
            }
        } catch (IOException | UncheckedIOException | AlreadyClosedException failed) {
            throw index.health().failure(failed);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T with(IndexSearcher searcher) throws IOException, InterruptedException;
    }
}
