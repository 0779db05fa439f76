package dev.fovea.tests.load;

import com.google.protobuf.ByteString;
import dev.fovea.proto.v1.Collection;
import dev.fovea.proto.v1.CollectionInfoRequest;
import dev.fovea.proto.v1.ElementType;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.UpsertRequest;
import dev.fovea.proto.v1.Vectors;
import dev.fovea.vectorindex.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How fast the running service stores embeddings and finds the nearest.
@Command(
        name = "RetrievalThroughput",
        mixinStandardHelpOptions = true,
        description = "Stores clustered synthetic embeddings in a running service, each durably, and searches them:"
                + " latency and rate of approximate and of exact search, and the recall of the one by the other.")
final class RetrievalThroughput implements Callable<Integer> {

    private static final long SEED = 1;

    @Option(names = "--vectors", defaultValue = "100000", description = "stored, default: ${DEFAULT-VALUE}")
    private int count;

    @Option(names = "--queries", defaultValue = "1000", description = "different ones, default: ${DEFAULT-VALUE}")
    private int queryCount;

    @Option(names = "--k", defaultValue = "10", description = "results asked for, default: ${DEFAULT-VALUE}")
    private int k;

    @Option(
            names = "--writes",
            defaultValue = "64",
            description = "upserts in flight, which share their commits, default: ${DEFAULT-VALUE}")
    private int writes;

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "1,8",
            description = "searches in flight, default: ${DEFAULT-VALUE}")
    private List<Integer> searches = List.of();

    @Option(names = "--warm-up", defaultValue = "5", description = "seconds of each row, default: ${DEFAULT-VALUE}")
    private double warmUp;

    @Option(names = "--seconds", defaultValue = "10", description = "measured of each row, default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
            names = "--settle",
            defaultValue = "30",
            description = "seconds for the index to settle before searches, default: ${DEFAULT-VALUE}")
    private int settleSeconds;

    @Mixin
    private RetrievalOptions service = new RetrievalOptions();

    @Mixin
    private ReportOptions output = new ReportOptions();

    public static void main(String[] args) {
        System.exit(new CommandLine(new RetrievalThroughput()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("retrieval-throughput")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        var report = new Report(
                        "Storing and searching embeddings in the running service",
                        "By gRPC on one connection; client, service and cluster share the processors. Every upsert is"
                                + " answered when it is durable. Latency is the client's; one row after another.")
                .setting("vectors", count)
                .setting("queries", queryCount)
                .setting("k", k)
                .setting("upserts in flight", writes)
                .setting("settle seconds", settleSeconds)
                .setting("seconds", seconds);
        service.describe(report);
        try (RetrievalOptions.Running running = service.start(folder);
                var client = RetrievalClient.open(running.port(), writes);
                var driver = new GrpcDriver(running.port(), 1)) {
            var clusters = new ClusteredVectors(service.dimension(), SEED);
            List<Embedding> vectors = clusters.around(count);
            long start = System.nanoTime();
            client.store("images", count, i -> UpsertRequest.newBuilder().setEmbedding(message(vectors.get(i))));
            double storing = (System.nanoTime() - start) / 1e9;
            List<Vectors> queries = clusters.around(queryCount).stream()
                    .map(RetrievalThroughput::message)
                    .toList();
            TimeUnit.SECONDS.sleep(settleSeconds);
            for (boolean exact : List.of(true, false)) { // or the first row would be of a service not yet compiled
                driver.closedLoop(Call.search(requests(queries, exact)), 1, 0, warmUp);
            }
            for (boolean exact : List.of(false, true)) {
                List<SearchRequest> requests = requests(queries, exact);
                for (int inFlight : searches) {
                    report.row(row(exact, inFlight, driver, requests));
                }
            }
            Collection collection = client.stub()
                    .collectionInfo(CollectionInfoRequest.getDefaultInstance())
                    .getCollections(0);
            report.result("vectors kept", collection.getImages())
                    .result("seconds to store", storing)
                    .result("stored per second", count / storing)
                    .result("bytes per vector on disk", (double) collection.getBytes() / count)
                    .result("recall@" + k + " against exact", recall(queries, client));
        }
        return report;
    }

    private static Vectors message(Embedding embedding) {
        ByteBuffer bytes =
                ByteBuffer.allocate(embedding.dimension() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(embedding.lent());
        return Vectors.newBuilder()
                .setElementType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setDimension(embedding.dimension())
                .setCount(1)
                .setData(ByteString.copyFrom(bytes))
                .build();
    }

    private List<SearchRequest> requests(List<Vectors> queries, boolean exact) {
        return queries.stream().map(query -> request(query, exact)).toList();
    }

    private SearchRequest request(Vectors query, boolean exact) {
        return SearchRequest.newBuilder()
                .setEmbedding(query)
                .setK(k)
                .setExact(exact)
                .build();
    }

    private Map<String, Object> row(boolean exact, int inFlight, GrpcDriver driver, List<SearchRequest> requests)
            throws InterruptedException {
        Outcome outcome = driver.closedLoop(Call.search(requests), inFlight, warmUp, seconds);
        if (!outcome.failures().isEmpty()) {
            throw new IllegalStateException("searches failed: " + outcome.failures());
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("search", exact ? "exact" : "approximate");
        row.put("in flight", inFlight);
        row.put("searches/s", outcome.rows() / seconds);
        row.put("p50 ms", outcome.latencyMillis(0.5));
        row.put("p99 ms", outcome.latencyMillis(0.99));
        return row;
    }

    /// The share of the exact answers that the approximate ones have too.
    private double recall(List<Vectors> queries, RetrievalClient client) {
        int found = 0;
        int all = 0;
        for (Vectors query : queries) {
            Set<String> exact = ids(client.stub().search(request(query, true)));
            Set<String> approximate = ids(client.stub().search(request(query, false)));
            all += exact.size();
            approximate.retainAll(exact);
            found += approximate.size();
        }
        return (double) found / all;
    }

    private static Set<String> ids(SearchResponse answer) {
        Set<String> ids = new HashSet<>();
        for (SearchResult result : answer.getResultsList()) {
            ids.add(result.getImage().getId());
        }
        return ids;
    }
}
