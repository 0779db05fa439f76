package dev.fovea.opensearch;

import dev.fovea.inference.Deadline;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Filter;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.IndexRefused;
import dev.fovea.vectorindex.IndexStats;
import dev.fovea.vectorindex.InputChecks;
import dev.fovea.vectorindex.Part;
import dev.fovea.vectorindex.ScanPage;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One collection in an OpenSearch cluster.
///
/// A write that has returned is on disk (fsync of the translog) on every copy that is up, so [#makeDurable] has nothing
/// left to do.
final class OpenSearchIndex implements VectorIndex {

    /// A refresh takes time itself, and its clock starts anew on each copy.
    private static final Duration REFRESH_MARGIN = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final InstantSource clock;
    private final CollectionSpec spec;
    private final InputChecks checks;
    private final OpenSearchSettings settings;
    private final BulkWriter writer;
    private final Reader reader;
    private final GroupedRefresh refresh;
    private final Sizes sizes;
    private final IndexKeeper keeper;

    /// @throws IndexRefused if the engine cannot keep such a collection
    OpenSearchIndex(Cluster cluster, InstantSource clock, OpenSearchSettings settings, CollectionSpec spec) {
        IndexLayout layout = settings.layout();
        String index = layout.prefix() + spec.name();
        String path = "/" + index;
        this.cluster = cluster;
        this.clock = clock;
        this.spec = spec;
        this.checks = new InputChecks(spec);
        this.settings = settings;
        IndexSetup setup = new IndexSetup(cluster, spec, layout);
        this.reader = new Reader(cluster, spec, path);
        this.refresh = new GroupedRefresh(cluster, path);
        this.sizes = new Sizes(cluster, path);
        this.keeper = new IndexKeeper(cluster, setup, new Tombstones(cluster, clock, layout.tombstones(), path), index);
        Duration patience = settings.servers().requestTimeout().dividedBy(2);
        this.writer = new BulkWriter(
                settings.bulk(),
                new BulkRequests(cluster, "/" + IndexMapping.alias(index), patience),
                index,
                cluster.ticker());
    }

    /// @throws IndexRefused if the index there does not fit
    void start() throws InterruptedException {
        keeper.start();
    }

    @Override
    public CollectionSpec spec() {
        return spec;
    }

    @Override
    public String engine() {
        return "opensearch";
    }

    @Override
    public Written upsert(IndexEntry entry, Deadline deadline) throws InterruptedException {
        checks.requireFits(entry);
        return write(new PendingWrite(entry.id(), entry.version(), Documents.of(entry), deadline));
    }

    @Override
    public Written delete(String id, long version, Deadline deadline) throws InterruptedException {
        checks.requireWritable(id, version);
        return write(new PendingWrite(id, version, Documents.tombstone(id, clock.instant()), deadline));
    }

    @Override
    public void makeDurable(Deadline deadline) {
        keeper.requireSetUp();
    }

    @Override
    public void awaitVisible(Deadline deadline) throws InterruptedException {
        keeper.requireSetUp();
        refresh.await(deadline);
    }

    @Override
    public Duration visibleWithin() {
        return keeper.refresh().orElse(settings.layout().refresh()).plus(REFRESH_MARGIN);
    }

    @Override
    public List<IndexEntry> get(List<String> ids, Set<Part> parts, Deadline deadline) throws InterruptedException {
        ids.forEach(checks::requireId);
        keeper.requireSetUp();
        return reader.get(ids, parts, deadline);
    }

    @Override
    public List<Hit> search(VectorQuery query, Deadline deadline) throws InterruptedException {
        checks.requireFits(query);
        keeper.requireSetUp();
        return reader.search(query, deadline);
    }

    @Override
    public ScanPage scan(Optional<String> after, int limit, Optional<Filter> filter, Set<Part> parts, Deadline deadline)
            throws InterruptedException {
        checks.requireLimit(limit);
        filter.ifPresent(checks::requireFits);
        keeper.requireSetUp();
        return reader.scan(after, limit, filter, parts, deadline);
    }

    @Override
    public IndexStats stats(Deadline deadline) throws InterruptedException {
        keeper.requireSetUp();
        return sizes.look(deadline);
    }

    @Override
    public Optional<String> problem() {
        return keeper.problem();
    }

    @Override
    public void close() {
        keeper.close();
        writer.close();
    }

    private Written write(PendingWrite write) throws InterruptedException {
        keeper.requireSetUp();
        return writer.write(write, write.deadline.remainingNanos(cluster.ticker()));
    }
}
