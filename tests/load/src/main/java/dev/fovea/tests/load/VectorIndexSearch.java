package dev.fovea.tests.load;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.vectorindex.CollectionSpec;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Hit;
import dev.fovea.vectorindex.IndexEntry;
import dev.fovea.vectorindex.IndexStats;
import dev.fovea.vectorindex.VectorIndex;
import dev.fovea.vectorindex.VectorIndexEngine;
import dev.fovea.vectorindex.VectorQuery;
import dev.fovea.vectorindex.VectorStorage;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Searches of a vector index, approximate and exact in the same run, for each storage.
@Command(
        name = "VectorIndexSearch",
        mixinStandardHelpOptions = true,
        description = "Build rate, bytes a vector, recall and latency of a vector index on clustered unit vectors.")
final class VectorIndexSearch implements Callable<Integer> {

    @Option(names = "--engine", defaultValue = "LUCENE", description = "default: ${DEFAULT-VALUE}")
    private IndexEngine engine = IndexEngine.LUCENE;

    @Option(names = "--vectors", defaultValue = "100000", description = "default: ${DEFAULT-VALUE}")
    private int vectors;

    @Option(names = "--dimension", defaultValue = "512", description = "default: ${DEFAULT-VALUE}")
    private int dimension;

    @Option(
            names = "--storages",
            split = ",",
            defaultValue = "FLOAT32,INT8,INT4,BINARY",
            description = "default: ${DEFAULT-VALUE}")
    private List<VectorStorage> storages = List.of();

    @Option(names = "--k", defaultValue = "10", description = "hits wanted, default: ${DEFAULT-VALUE}")
    private int k;

    @Option(
            names = "--candidates",
            split = ",",
            defaultValue = "20,50,100",
            description = "asked of the graph, default: ${DEFAULT-VALUE}")
    private List<Integer> candidates = List.of();

    @Option(names = "--queries", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
    private int queries;

    @Option(names = "--writers", defaultValue = "16", description = "callers that write, default: ${DEFAULT-VALUE}")
    private int writers;

    @Option(
            names = "--settle",
            defaultValue = "0",
            description = "seconds for merges in the background before searches, default: ${DEFAULT-VALUE}")
    private int settleSeconds;

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new VectorIndexSearch()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var data = new ClusteredVectors(dimension, 1);
        List<Embedding> entries = data.around(vectors);
        List<Embedding> asked = data.around(queries);
        var report = new Report(
                        "Search of a vector index",
                        "One caller, in process, a list of hits without vectors or payloads. Building: until everything"
                                + " is durable and visible; at once: searches of the graph right after it, the others"
                                + " when the index has settled. Cpu: processor time of the caller's thread, which is all"
                                + " of a search in process and hardly feels a busy machine. Recall: share of the exact"
                                + " search's hits.")
                .setting("engine", engine)
                .setting("vectors", vectors)
                .setting("dimension", dimension)
                .setting("k", k)
                .setting("queries", queries)
                .setting("writers", writers)
                .setting("settle seconds", settleSeconds);
        for (VectorStorage storage : storages) {
            measure(storage, entries, asked, report);
        }
        report.publish(System.out, output.json(), Machine.here());
        return 0;
    }

    private void measure(VectorStorage storage, List<Embedding> entries, List<Embedding> asked, Report report)
            throws Exception {
        var spec = new CollectionSpec(
                "load-" + storage.name().toLowerCase(Locale.ROOT), "synthetic@1", dimension, storage, Map.of());
        try (var folder = WorkFolder.create("vector-index");
                VectorIndexEngine opened = engine.open(folder.path());
                VectorIndex index = opened.open(spec)) {
            long start = System.nanoTime();
            build(index, entries);
            double seconds = (System.nanoTime() - start) / 1e9;
            report.row(latencies(row(storage, "at once"), run(index, asked, candidates.getFirst(), false)));
            TimeUnit.SECONDS.sleep(settleSeconds);
            IndexStats stats = index.stats(soon());
            Map<String, Object> built = row(storage, "build");
            built.put("entries/s", entries.size() / seconds);
            built.put("bytes/entry", (double) stats.bytes() / Math.max(1, stats.entries()));
            built.put("of which", new TreeMap<>(stats.bytesByKind()).toString());
            search(index, storage, asked, report);
            report.row(built);
        }
    }

    private void search(VectorIndex index, VectorStorage storage, List<Embedding> asked, Report report)
            throws InterruptedException {
        Runs exact = run(index, asked, k, true);
        for (int count : candidates) {
            Runs approximate = run(index, asked, count, false);
            Map<String, Object> row = row(storage, "graph " + count);
            row.put("recall", approximate.recall(exact));
            report.row(latencies(row, approximate));
        }
        report.row(latencies(row(storage, "exact"), exact));
    }

    private static Map<String, Object> latencies(Map<String, Object> row, Runs runs) {
        row.put("p50 ms", Samples.quantile(0.5, runs.millis()));
        row.put("p99 ms", Samples.quantile(0.99, runs.millis()));
        row.put("p50 cpu ms", Samples.quantile(0.5, runs.processorMillis()));
        row.put("p99 cpu ms", Samples.quantile(0.99, runs.processorMillis()));
        return row;
    }

    /// Twice, of which the second counts: the first warms up.
    private Runs run(VectorIndex index, List<Embedding> asked, int count, boolean exact) throws InterruptedException {
        ThreadMXBean processor = ManagementFactory.getThreadMXBean();
        double[] millis = new double[asked.size()];
        double[] processorMillis = new double[asked.size()];
        List<Set<String>> found = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            found.clear();
            for (int i = 0; i < millis.length; i++) {
                var query = new VectorQuery(asked.get(i), k, count, exact, -2, Optional.empty(), Set.of());
                long used = processor.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                List<Hit> hits = index.search(query, soon());
                millis[i] = (System.nanoTime() - start) / 1e6;
                processorMillis[i] = (processor.getCurrentThreadCpuTime() - used) / 1e6;
                found.add(Set.copyOf(hits.stream().map(hit -> hit.entry().id()).toList()));
            }
        }
        return new Runs(millis, processorMillis, found);
    }

    private void build(VectorIndex index, List<Embedding> entries) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> shares = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int first = writer;
                shares.add(threads.submit(() -> {
                    for (int i = first; i < entries.size(); i += writers) {
                        index.upsert(
                                new IndexEntry("id-" + i, 1, entries.get(i), Map.of(), ByteBuffer.allocate(0)), soon());
                    }
                    return first;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        }
        index.makeDurable(soon());
        index.awaitVisible(soon());
    }

    private static Map<String, Object> row(VectorStorage storage, String what) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("storage", storage);
        row.put("what", what);
        return row;
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(10), Ticker.system());
    }

    /// @param processorMillis of the caller's thread alone
    /// @param found ids of each query's hits
    @SuppressWarnings("ArrayRecordComponent") // not compared
    private record Runs(double[] millis, double[] processorMillis, List<Set<String>> found) {

        double recall(Runs exact) {
            long wanted = 0;
            long common = 0;
            for (int i = 0; i < found.size(); i++) {
                wanted += exact.found.get(i).size();
                common += exact.found.get(i).stream()
                        .filter(found.get(i)::contains)
                        .count();
            }
            return (double) common / wanted;
        }
    }
}
