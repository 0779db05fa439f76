package dev.fovea.local;

import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// How searches read: a table with a row for each result.
final class SearchLines {

    static final String HEAD = String.format(Locale.ROOT, "%-34s rank %-34s score  inliers", "query", "result");

    private SearchLines() {}

    /// The query's name stands in its first row only.
    static String rows(RetrievalResult result, Queries queries) {
        String query = result.getQueryId();
        List<SearchResult> found = result.getAnswer().getResultsList();
        if (found.isEmpty()) {
            return Lines.name(query) + " nothing is found";
        }
        StringJoiner rows = new StringJoiner("\n");
        for (int i = 0; i < found.size(); i++) {
            String id = found.get(i).getImage().getId();
            String verdict = queries.isRight(query, id)
                    .map(right -> right ? "   right" : "   wrong")
                    .orElse("");
            rows.add(String.format(
                    Locale.ROOT,
                    "%s %4d %s %5.3f  %7s%s",
                    Lines.name(i == 0 ? query : ""),
                    i + 1,
                    Lines.name(id),
                    found.get(i).getScore(),
                    inliers(found.get(i)),
                    verdict));
        }
        return rows.toString();
    }

    /// About the search, for its contact sheet.
    static List<String> facts(SearchResponse answer) {
        String found = String.format(
                Locale.ROOT,
                "%d results of collection %s by %s, index %.1f ms",
                answer.getResultsCount(),
                answer.getCollection(),
                answer.getModel().getName(),
                answer.getSearchMicros() / 1000.0);
        if (!answer.hasRerank()) {
            return List.of(found);
        }
        String verified = String.format(
                Locale.ROOT,
                "%d candidates re-ranked by %d keypoints of %s, %.1f ms",
                answer.getRerank().getVerified(),
                answer.getRerank().getKeypoints(),
                answer.getRerank().getModel().getName(),
                answer.getRerank().getMicros() / 1000.0);
        return List.of(found, verified);
    }

    /// About one result, for its place on the sheet.
    static String facts(SearchResult result) {
        String score = String.format(Locale.ROOT, "score %.3f", result.getScore());
        return result.hasVerification()
                ? score + ", " + inliers(result) + " inliers of "
                        + result.getVerification().getMatches() + " matches"
                : score;
    }

    private static String inliers(SearchResult result) {
        return result.hasVerification()
                ? String.valueOf(result.getVerification().getInliers())
                : "-";
    }
}
