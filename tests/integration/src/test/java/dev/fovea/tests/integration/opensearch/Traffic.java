package dev.fovea.tests.integration.opensearch;

import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Writers and searchers at work until they are told to stop; what was acknowledged is remembered.
final class Traffic implements AutoCloseable {

    /// All nodes of a loaded machine may need a while to be back.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int WRITERS = 8;
    private static final int SEARCHERS = 2;
    private static final int IDS_OF_A_WRITER = 50;

    private final VectorIndex index;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> work = new ArrayList<>();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Queue<String> wrongAnswers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean stopped;

    /// @param index that holds the entries `fixed-0` to `fixed-9`, which no writer touches
    Traffic(VectorIndex index) {
        this.index = index;
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            work.add(threads.submit(() -> write(writer)));
        }
        for (int i = 0; i < SEARCHERS; i++) {
            work.add(threads.submit(this::search));
        }
    }

    /// Waits until so many further writes are acknowledged and searches answered.
    void goesOnFor(int count) throws InterruptedException {
        int writesThen = writes.get() + count;
        int searchesThen = searches.get() + count / 10;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (writes.get() < writesThen || searches.get() < searchesThen) {
            if (System.nanoTime() > end || work.stream().anyMatch(Future::isDone)) {
                throw new AssertionError("traffic stands still after " + writes + " writes, " + searches + " searches");
            }
            Thread.sleep(20);
        }
    }

    /// Stops, and fails if a write or a search failed or a search gave a wrong answer.
    ///
    /// @return highest acknowledged version of each id
    Map<String, Long> stop() throws InterruptedException, ExecutionException {
        stopped = true;
        for (Future<?> each : work) {
            each.get();
        }
        if (!wrongAnswers.isEmpty()) {
            throw new AssertionError("wrong answers: " + wrongAnswers);
        }
        return acknowledged;
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private Void write(int writer) throws InterruptedException {
        for (long turn = 0; !stopped; turn++) {
            String id = "w" + writer + "-" + turn % IDS_OF_A_WRITER;
            long version = 1 + turn / IDS_OF_A_WRITER;
            Written written = index.upsert(SharedCluster.entry(id, version), SharedCluster.within(PATIENCE));
            if (written.version() != version) {
                wrongAnswers.add(id + " of version " + version + " became " + written);
            }
            acknowledged.put(id, version);
            writes.incrementAndGet();
        }
        return null;
    }

    /// Searches for an entry that is always there.
    private Void search() throws InterruptedException {
        for (int turn = 0; !stopped; turn++) {
            IndexEntry wanted = SharedCluster.entry("fixed-" + turn % 10, 1);
            var query = new VectorQuery(wanted.vector(), 300, 1000, false, 0.99f, Optional.empty(), Set.of());
            List<Hit> hits = index.search(query, SharedCluster.within(PATIENCE));
            if (hits.stream().noneMatch(hit -> hit.entry().id().equals(wanted.id()))) {
                wrongAnswers.add(wanted.id() + " is not among " + hits.size() + " hits");
            }
            searches.incrementAndGet();
        }
        return null;
    }
}
