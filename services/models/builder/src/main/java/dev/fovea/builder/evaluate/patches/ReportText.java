package dev.fovea.builder.evaluate.patches;

import dev.fovea.builder.evaluate.patches.DescriptorScores.Tasks;
import dev.fovea.builder.terminal.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// The report for a terminal: percentages, one table for the tasks, one for the homographies.
final class ReportText {

    private static final double PER_CENT = 100;

    private ReportText() {}

    static void print(EvaluationReport report, PrintWriter out) {
        out.println(report.sequences().stream()
                .map(sequence ->
                        sequence.name() + ": " + sequence.images() + " images, " + sequence.patches() + " patches")
                .collect(Collectors.joining("; ")));
        out.println();
        tasks(report).print(out);
        out.println();
        out.println("mAA: homographies from mutual nearest keypoints with mean corner error up to 1, 2, ... 10 px");
        homographies(report).print(out);
    }

    private static Table tasks(EvaluationReport report) {
        var table =
                new Table("descriptor", "dim", "noise", "verification AP", "FPR95", "matching mAP", "retrieval mAP");
        for (DescriptorScores scores : report.descriptors()) {
            scores.byNoise()
                    .forEach((level, tasks) -> table.row(
                            scores.name(),
                            scores.dimension(),
                            level,
                            percent(tasks.verification().averagePrecision()),
                            percent(tasks.verification().falsePositives()),
                            percent(tasks.matching()),
                            percent(tasks.retrieval())));
            table.row(
                    scores.name(),
                    scores.dimension(),
                    "mean",
                    percent(scores.mean(tasks -> tasks.verification().averagePrecision())),
                    percent(scores.mean(tasks -> tasks.verification().falsePositives())),
                    percent(scores.mean(Tasks::matching)),
                    percent(scores.meanRetrieval()));
        }
        return table;
    }

    private static Table homographies(EvaluationReport report) {
        List<String> heads = new ArrayList<>(List.of("descriptor"));
        report.sequences().forEach(sequence -> heads.add(sequence.name()));
        heads.add("all");
        var table = new Table(heads.toArray(String[]::new));
        for (DescriptorScores scores : report.descriptors()) {
            List<Object> cells = new ArrayList<>(List.of(scores.name()));
            report.sequences().forEach(sequence -> cells.add(percent(scores.meanAverageAccuracy(sequence.name()))));
            cells.add(percent(scores.meanAverageAccuracy()));
            table.row(cells.toArray());
        }
        return table;
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : "-";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", PER_CENT * share);
    }
}
