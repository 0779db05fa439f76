package dev.fovea.tests.load;

import dev.fovea.builder.evaluate.RetrievalScore;
import dev.fovea.proto.v1.Rerank;
import dev.fovea.proto.v1.RerankMode;
import dev.fovea.proto.v1.SearchRequest;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.tests.support.Checkout;
import dev.fovea.tests.support.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How well the running service finds what a query shows, with and without re-ranking.
@Command(
        name = "RetrievalQuality",
        mixinStandardHelpOptions = true,
        description = "Stores the images of places and scenes in a running service, asks for them, and counts what is"
                + " found: recall and mean average precision of two embedders, with and without re-ranking.")
final class RetrievalQuality implements Callable<Integer> {

    private static final List<Integer> DEPTHS = List.of(1, 5, 10);
    private static final int IN_FLIGHT = 4;

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "corridor,essex,sequences",
            description = "of corridor, essex, sequences; default: ${DEFAULT-VALUE}")
    private List<String> tasks = List.of();

    @Option(names = "--distractors", defaultValue = "500", description = "beside the sequences, ${DEFAULT-VALUE}")
    private int distractors;

    @Option(names = "--queries", defaultValue = "100000", description = "of each task at most; all by default")
    private int queries;

    @Option(
            names = "--candidates",
            defaultValue = "0",
            description = "that are verified; 0, the default: as the service is configured")
    private int candidates;

    @Option(
            names = "--time-limit",
            defaultValue = "0",
            description = "of a verification, milliseconds; 0, the default: as the service is configured")
    private int timeLimit;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "configuration of the service, may be repeated")
    private Map<String, String> settings = new HashMap<>();

    @Mixin
    private RetrievalModels models = new RetrievalModels();

    @Mixin
    private ReportOptions output = new ReportOptions();

    /// One collection's answers in one way.
    private record Answers(List<List<Integer>> rankings, int timeLimitReached, double millis) {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new RetrievalQuality()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var folder = WorkFolder.create("retrieval-quality")) {
            measure(folder.path()).publish(System.out, output.json(), Machine.here());
        }
        return 0;
    }

    private Report measure(Path folder) throws Exception {
        var report = new Report(
                        "Recall and precision of the running service",
                        "Images stored and searched by gRPC, exact search. mAP counts what is not among the results as"
                                + " not found; it means something where all are asked for (sequences).")
                .setting("distractors of the sequences", distractors)
                .setting("candidates verified", candidates == 0 ? "as configured" : candidates)
                .setting("service settings", settings);
        models.describe(report);
        List<RetrievalTask> all = new ArrayList<>();
        Map<String, String> collections = new HashMap<>();
        for (String name : tasks) {
            RetrievalTask task = task(name);
            all.add(task);
            collections.putAll(models.buildFor(task, folder.resolve("models")));
        }
        Map<String, String> configuration = new HashMap<>(models.settings(collections));
        configuration.put("fovea.models.repository", folder.resolve("models").toString());
        configuration.put(
                "fovea.retrieval.lucene.folder", folder.resolve("index").toString());
        configuration.putAll(settings);
        try (ServiceProcess process = ServiceProcess.start(
                        RetrievalOptions.SERVICE, folder.resolve("service.log"), configuration, RetrievalOptions.JVM);
                RetrievalClient client = RetrievalClient.open(process.grpcPort(), IN_FLIGHT)) {
            for (RetrievalTask task : all) {
                for (String embedder : List.of(RetrievalModels.VLAD, RetrievalModels.GEM)) {
                    compare(task, embedder, client, report);
                }
            }
        }
        return report;
    }

    private RetrievalTask task(String name) throws IOException {
        return switch (name) {
            case "corridor" -> {
                Path folder = shared("data/places/corridor");
                String truth = folder.resolve("ground_truth_new.npy").toString();
                yield RetrievalTask.places(name, folder.resolve("query"), folder.resolve("ref"), truth, queries);
            }
            case "essex" -> {
                Path folder = shared("data/places/essex");
                yield RetrievalTask.places(
                        name, folder.resolve("query"), folder.resolve("reference"), "same-names", queries);
            }
            case "sequences" -> {
                Path flowers = shared("data/flowers");
                List<Path> photographs = RetrievalTask.spread(distractors, flowers, shared("data/photos"));
                yield RetrievalTask.scenes(name, shared("data/sequences"), photographs, flowers, queries);
            }
            default -> throw new IllegalArgumentException("--tasks: \"" + name + "\" is no task");
        };
    }

    private static Path shared(String path) {
        return Checkout.shared(path)
                .orElseThrow(() -> new IllegalArgumentException("shared test data \"" + path + "\" are absent"));
    }

    private void compare(RetrievalTask task, String embedder, RetrievalClient client, Report report)
            throws InterruptedException, IOException {
        String collection = RetrievalModels.collection(task, embedder);
        client.store(collection, task.stored());
        for (RerankMode mode : List.of(RerankMode.RERANK_MODE_OFF, RerankMode.RERANK_MODE_ON)) {
            Answers answers = ask(task, collection, mode, client);
            RetrievalScore score = RetrievalScore.ofRankings(answers.rankings(), task.truth(), DEPTHS);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("images", task.name());
            row.put("embedder", embedder);
            row.put("re-ranked", mode == RerankMode.RERANK_MODE_ON ? "yes" : "no");
            DEPTHS.forEach(depth -> row.put("R@" + depth, score.recallAt(depth)));
            row.put("mAP", score.averagePrecision());
            row.put("queries", score.queries());
            row.put("ms a query", answers.millis());
            row.put("over time", answers.timeLimitReached());
            report.row(row);
        }
    }

    private Answers ask(RetrievalTask task, String collection, RerankMode mode, RetrievalClient client) {
        List<List<Integer>> rankings = new ArrayList<>();
        int late = 0;
        long start = System.nanoTime();
        for (Path query : task.queries()) {
            SearchResponse answer = client.stub().search(request(task, query, collection, mode));
            late += answer.getRerank().getTimeLimitReached() ? 1 : 0;
            rankings.add(answer.getResultsList().stream()
                    .map(result -> Integer.valueOf(result.getImage().getId()))
                    .toList());
        }
        return new Answers(rankings, late, (System.nanoTime() - start) / 1e6 / rankings.size());
    }

    private SearchRequest request(RetrievalTask task, Path query, String collection, RerankMode mode) {
        var request = SearchRequest.newBuilder()
                .setCollection(collection)
                .setK(task.depth())
                .setExact(true)
                .setRerank(Rerank.newBuilder()
                        .setMode(mode)
                        .setCandidates(candidates)
                        .setTimeLimitMillis(timeLimit));
        int stored = task.stored().indexOf(query);
        return stored < 0
                ? request.setImage(RetrievalClient.image(query)).build()
                : request.setStoredId(Integer.toString(stored)).build();
    }
}
