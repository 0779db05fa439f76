package dev.fovea.builder.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.terminal.Table;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A confusion for a person and for a program.
public final class ClassificationReport {

    /// More classes than this do not fit a terminal's width.
    private static final int MAX_COLUMNS = 12;

    private static final int MAX_CONFUSIONS = 10;

    private ClassificationReport() {}

    /// Accuracy, a line per class, and who was taken for whom.
    public static void print(Confusion confusion, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "top-1 %s, top-5 %s, mean over classes %s, chance %s (always the largest class), %d images%n%n",
                percent(confusion.top1()),
                percent(confusion.top5()),
                percent(confusion.balanced()),
                percent(confusion.chance()),
                confusion.images());
        perClass(confusion).print(out);
        out.println();
        if (confusion.names().size() <= MAX_COLUMNS) {
            matrix(confusion).print(out);
        } else {
            commonest(confusion).print(out);
        }
    }

    private static Table perClass(Confusion confusion) {
        var table = new Table("class", "images", "right", "recall", "precision");
        for (int c = 0; c < confusion.names().size(); c++) {
            table.row(
                    confusion.names().get(c),
                    confusion.images(c),
                    confusion.count(c, c),
                    percent(confusion.recall(c)),
                    confusion.answers(c) == 0 ? "-" : percent(confusion.precision(c)));
        }
        return table;
    }

    private static Table matrix(Confusion confusion) {
        List<String> names = confusion.names();
        String[] heads = new String[names.size() + 1];
        heads[0] = "truth, then answers";
        for (int c = 0; c < names.size(); c++) {
            heads[c + 1] = names.get(c);
        }
        var table = new Table(heads);
        for (int truth = 0; truth < names.size(); truth++) {
            Object[] cells = new Object[names.size() + 1];
            cells[0] = names.get(truth);
            for (int answer = 0; answer < names.size(); answer++) {
                cells[answer + 1] = confusion.count(truth, answer);
            }
            table.row(cells);
        }
        return table;
    }

    private record Mistake(int truth, int answer, int count) {}

    private static Table commonest(Confusion confusion) {
        int classes = confusion.names().size();
        var table = new Table("truth", "taken for", "images");
        IntStream.range(0, classes * classes)
                .mapToObj(i -> new Mistake(i / classes, i % classes, confusion.count(i / classes, i % classes)))
                .filter(mistake -> mistake.truth() != mistake.answer() && mistake.count() > 0)
                .sorted(Comparator.comparingInt(Mistake::count).reversed())
                .limit(MAX_CONFUSIONS)
                .forEach(mistake -> table.row(
                        confusion.names().get(mistake.truth()),
                        confusion.names().get(mistake.answer()),
                        mistake.count()));
        return table;
    }

    /// Rates from 0 to 1; `confusion[truth][answer]` in images.
    public static ObjectNode json(Confusion confusion) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("images", confusion.images());
        json.put("top1", confusion.top1());
        json.put("top5", confusion.top5());
        json.put("balanced", confusion.balanced());
        json.put("chance", confusion.chance());
        ArrayNode classes = json.putArray("classes");
        ArrayNode rows = json.putArray("confusion");
        for (int c = 0; c < confusion.names().size(); c++) {
            classes.addObject()
                    .put("name", confusion.names().get(c))
                    .put("images", confusion.images(c))
                    .put("recall", confusion.recall(c))
                    .put("precision", confusion.precision(c));
            ArrayNode row = rows.addArray();
            for (int answer = 0; answer < confusion.names().size(); answer++) {
                row.add(confusion.count(c, answer));
            }
        }
        return json;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
