package dev.fovea.builder.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fovea.builder.index.metadata.MetadataText;
import dev.fovea.builder.index.sheet.ContactSheet;
import dev.fovea.builder.index.sheet.SheetCell;
import dev.fovea.builder.terminal.Table;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The answer of a search as text, JSON and picture.
final class SearchReport {

    private static final double MICROS_PER_MILLISECOND = 1000.0;

    private SearchReport() {}

    static Table table(SearchResponse answer) {
        var table = new Table("rank", "id", "score", "inliers", "metadata");
        for (int i = 0; i < answer.getResultsCount(); i++) {
            SearchResult result = answer.getResults(i);
            table.row(
                    i + 1,
                    result.getImage().getId(),
                    score(result),
                    result.hasVerification() ? result.getVerification().getInliers() : "-",
                    MetadataText.of(result.getImage().getMetadataMap()));
        }
        return table;
    }

    /// Where, by which model and how long.
    static String summary(SearchResponse answer) {
        var summary = new StringBuilder(String.format(
                Locale.ROOT,
                "%d results in %s (%s), index %.1f ms",
                answer.getResultsCount(),
                answer.getCollection(),
                ImageJson.name(answer.getModel()),
                answer.getSearchMicros() / MICROS_PER_MILLISECOND));
        if (answer.hasRerank()) {
            var rerank = answer.getRerank();
            summary.append(String.format(
                    Locale.ROOT,
                    ", %d candidates verified with %s in %.1f ms%s",
                    rerank.getVerified(),
                    ImageJson.name(rerank.getModel()),
                    rerank.getMicros() / MICROS_PER_MILLISECOND,
                    rerank.getTimeLimitReached() ? " (the time limit came first)" : ""));
        }
        return summary.toString();
    }

    static ObjectNode json(SearchResponse answer) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("collection", answer.getCollection());
        ImageJson.put(report.putObject("model"), answer.getModel());
        report.put("searchMicros", answer.getSearchMicros());
        if (answer.hasRerank()) {
            ObjectNode rerank = report.putObject("rerank");
            rerank.put("verified", answer.getRerank().getVerified());
            rerank.put("micros", answer.getRerank().getMicros());
            rerank.put("timeLimitReached", answer.getRerank().getTimeLimitReached());
        }
        ArrayNode results = report.putArray("results");
        for (SearchResult result : answer.getResultsList()) {
            ObjectNode object = results.addObject();
            object.put("rank", results.size());
            ImageJson.put(object, result.getImage());
            object.put("score", result.getScore());
            if (result.hasVerification()) {
                object.put("matches", result.getVerification().getMatches());
                object.put("inliers", result.getVerification().getInliers());
                ArrayNode transform = object.putArray("transform");
                result.getVerification().getTransformList().forEach(transform::add);
            }
        }
        return report;
    }

    /// @param query its name
    /// @param picture an encoded image of it, empty if there is none
    static ContactSheet sheet(SearchResponse answer, String query, byte[] picture, String filter) {
        List<SheetCell> cells = new ArrayList<>();
        for (int i = 0; i < answer.getResultsCount(); i++) {
            SearchResult result = answer.getResults(i);
            boolean drawn = !result.getPicture().isEmpty();
            cells.add(new SheetCell(
                    i + 1 + "  " + result.getImage().getId(),
                    "score " + score(result) + verified(result),
                    MetadataText.of(result.getImage().getMetadataMap()),
                    (drawn ? result.getPicture() : result.getImage().getThumbnail()).toByteArray(),
                    drawn));
        }
        List<String> facts = new ArrayList<>(List.of(summary(answer)));
        if (!filter.isEmpty()) {
            facts.add("where " + filter);
        }
        return new ContactSheet(query, facts, picture, cells);
    }

    private static String verified(SearchResult result) {
        return result.hasVerification()
                ? ", " + result.getVerification().getInliers() + " inliers of "
                        + result.getVerification().getMatches() + " matches"
                : "";
    }

    private static String score(SearchResult result) {
        return String.format(Locale.ROOT, "%.4f", result.getScore());
    }
}
