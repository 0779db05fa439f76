package dev.fovea.builder.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.builder.images.ImageFolder;
import dev.fovea.builder.images.ImageModel;
import dev.fovea.builder.images.ImageRows;
import dev.fovea.builder.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fovea evaluate retrieval MODEL`: how often an embedder finds a true reference for a query.
@Command(
        name = "retrieval",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Counts how often an embedder finds true references for queries, by exact search.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea evaluate retrieval gem --repository models --queries query --references ref "
                    + "--ground-truth pairs.csv",
            "  fovea evaluate retrieval gem --repository models --queries day --references night "
                    + "--ground-truth same-names --json report.json"
        })
public final class EvaluateRetrieval implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelChoice choice = new ModelChoice();

    @Option(names = "--queries", required = true, paramLabel = "DIR", description = "Folder of query images.")
    private Path queries = Path.of("");

    @Option(names = "--references", required = true, paramLabel = "DIR", description = "Folder of reference images.")
    private Path references = Path.of("");

    @Option(
            names = "--ground-truth",
            required = true,
            paramLabel = "FILE",
            description = "Pairs as .csv (first line query,reference; then file names), VPR-Bench's .npy (numbers of "
                    + "files sorted by name), or the word same-names.")
    private String truth = "";

    @Option(
            names = "--at",
            paramLabel = "K",
            split = ",",
            defaultValue = "1,5,10,20",
            description = "Depths at which recall is taken. Default: ${DEFAULT-VALUE}.")
    private List<Integer> depths = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers as JSON.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw recall over depth as a PNG.")
    private Optional<Path> plot = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        OutputFile.requireWritable("--json", json);
        OutputFile.requireWritable("--plot", plot);
        if (depths.stream().anyMatch(depth -> depth < 1)) {
            throw new IllegalArgumentException("--at " + depths + ": a depth is at least 1");
        }
        List<Path> queryFiles = ImageFolder.files(queries);
        List<Path> referenceFiles = ImageFolder.files(references);
        List<Set<Integer>> perFile =
                PlaceTruth.read(truth, names(queries, queryFiles), names(references, referenceFiles));
        try (ImageModel model = choice.open(ImageArchitecture.RETRIEVAL)) {
            PrintWriter err = spec.commandLine().getErr();
            ImageRows queryRows = ImageRows.of(model, queryFiles, err);
            ImageRows referenceRows = ImageRows.of(model, referenceFiles, err);
            // As the service does with embeddings that are not of unit norm.
            queryRows.rows().normaliseRows();
            referenceRows.rows().normaliseRows();
            RetrievalScore score = RetrievalScore.of(
                    queryRows.rows(), referenceRows.rows(), perRow(perFile, queryRows, referenceRows), depths);
            report(score, model.manifest().name() + "@" + model.manifest().version());
        }
        return 0;
    }

    private static List<String> names(Path folder, List<Path> files) {
        return files.stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    /// From numbers of files to numbers of rows: a file that cannot be read has no row.
    private static List<Set<Integer>> perRow(List<Set<Integer>> perFile, ImageRows queries, ImageRows references) {
        Map<Integer, Integer> rows = new HashMap<>();
        for (int row = 0; row < references.files().size(); row++) {
            rows.put(references.files().get(row), row);
        }
        List<Set<Integer>> truth = new ArrayList<>();
        for (int file : queries.files()) {
            Set<Integer> found = new TreeSet<>();
            perFile.get(file).forEach(reference -> Optional.ofNullable(rows.get(reference))
                    .ifPresent(found::add));
            truth.add(found);
        }
        return truth;
    }

    private void report(RetrievalScore score, String model) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var table = new Table("measure", "value");
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("model", model);
        report.put("queries", score.queries());
        ObjectNode recalls = report.putObject("recall");
        for (RetrievalScore.Recall recall : score.recalls()) {
            table.row("recall@" + recall.at(), percent(recall.share()));
            recalls.put(String.valueOf(recall.at()), recall.share());
        }
        table.row("mAP", percent(score.averagePrecision()));
        report.put("meanAveragePrecision", score.averagePrecision());
        out.println(model + ", " + score.queries() + " queries");
        table.print(out);
        if (json.isPresent()) {
            Files.writeString(json.get(), report.toPrettyString() + "\n");
        }
        if (plot.isPresent()) {
            RecallPlot.write(score, model, plot.get());
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
