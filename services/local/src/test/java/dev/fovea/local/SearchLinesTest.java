package dev.fovea.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.proto.v1.RerankSummary;
import dev.fovea.proto.v1.RetrievalResult;
import dev.fovea.proto.v1.SearchResponse;
import dev.fovea.proto.v1.SearchResult;
import dev.fovea.proto.v1.StoredImage;
import dev.fovea.proto.v1.Verification;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchLinesTest {

    private static final Queries QUERIES = new Queries(List.of(), Map.of("wall/query.jpg", "wall/"));

    @Test
    void everyResultIsARowAndTheFirstNamesTheQuery() {
        SearchResult verified = result("wall/view-1.jpg")
                .setVerification(Verification.newBuilder().setInliers(140).setMatches(200))
                .build();
        RetrievalResult result =
                answer("wall/query.jpg", verified, result("leaves/view-2.jpg").build());

        List<String> rows = SearchLines.rows(result, QUERIES).lines().toList();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).matches("wall/query.jpg +1 wall/view-1.jpg +0.750 +140   right");
        assertThat(rows.get(1)).matches(" +2 leaves/view-2.jpg +0.750 +-   wrong");
        assertThat(rows.get(0).indexOf("0.750")).isEqualTo(SearchLines.HEAD.indexOf("score"));
    }

    @Test
    void whereTheTruthIsNotKnownNoRowSaysIt() {
        RetrievalResult result = answer("mine.jpg", result("wall/view-1.jpg").build());

        assertThat(SearchLines.rows(result, QUERIES)).endsWith("-");
    }

    @Test
    void anEmptyAnswerIsSaid() {
        assertThat(SearchLines.rows(answer("mine.jpg"), QUERIES)).matches("mine.jpg +nothing is found");
    }

    @Test
    void theSheetSaysWhatWasReRanked() {
        SearchResponse answer = SearchResponse.newBuilder()
                .setCollection("images")
                .setRerank(RerankSummary.newBuilder()
                        .setVerified(20)
                        .setKeypoints(300)
                        .setMicros(4_500))
                .build();

        assertThat(SearchLines.facts(answer))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("20 candidates re-ranked by 300 keypoints")
                .endsWith("4.5 ms");
        assertThat(SearchLines.facts(answer.toBuilder().clearRerank().build())).hasSize(1);
    }

    private static RetrievalResult answer(String query, SearchResult... results) {
        return RetrievalResult.newBuilder()
                .setQueryId(query)
                .setAnswer(SearchResponse.newBuilder().addAllResults(List.of(results)))
                .build();
    }

    private static SearchResult.Builder result(String id) {
        return SearchResult.newBuilder()
                .setImage(StoredImage.newBuilder().setId(id))
                .setScore(0.75f);
    }
}
