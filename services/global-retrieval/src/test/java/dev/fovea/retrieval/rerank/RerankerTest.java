package dev.fovea.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.imaging.patch.Homography;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.ManualTicker;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RerankerTest {

    private static final Homography MAP = Homography.of(0.8, -0.1, 60, 0.1, 0.8, 30, 0, 0, 1);
    private static final RerankLimits ALL = new RerankLimits(10, 400, Duration.ofMinutes(1));
    private static final OrderingRule RULE = new OrderingRule(12, 40, 0.5);

    private final LocalFeatures query = SampleFeatures.random(3, 100);
    private final Candidate unrelated = new Candidate(0.9, Optional.of(SampleFeatures.moved(query, MAP, 0)));
    private final Candidate related = new Candidate(0.8, Optional.of(SampleFeatures.moved(query, MAP, 60)));
    private final Candidate bare = new Candidate(0.85, Optional.empty());

    private record Candidate(double score, Optional<LocalFeatures> features) {}

    private record Listed(List<Candidate> all) implements Candidates {

        @Override
        public List<Double> scores() {
            return all.stream().map(Candidate::score).toList();
        }

        @Override
        public Optional<LocalFeatures> features(int candidate) {
            return all.get(candidate).features();
        }
    }

    @Test
    void aCandidateThatAgreesPassesThoseThatDoNot() throws InterruptedException {
        Reranked reranked = rerank(List.of(unrelated, bare, related), ALL);

        assertThat(order(reranked)).containsExactly(2, 0, 1);
        assertThat(reranked.verified()).isEqualTo(2);
        assertThat(reranked.timeLimitReached()).isFalse();
        assertThat(reranked.order().getFirst().verification().orElseThrow().inliers())
                .hasSizeGreaterThanOrEqualTo(60);
        assertThat(reranked.order().getLast().verification()).isEmpty();
    }

    @Test
    void candidatesBeyondTheLimitKeepTheirPlace() throws InterruptedException {
        Reranked reranked = rerank(List.of(unrelated, bare, related), new RerankLimits(2, 400, Duration.ofMinutes(1)));

        assertThat(order(reranked)).containsExactly(0, 1, 2);
        assertThat(reranked.verified()).isEqualTo(1);
    }

    @Test
    void onlyTheStrongestKeypointsAreMatched() throws InterruptedException {
        Reranked reranked = rerank(List.of(related), new RerankLimits(10, 20, Duration.ofMinutes(1)));

        assertThat(reranked.order().getFirst().verification().orElseThrow().matches())
                .isEqualTo(20);
    }

    @Test
    void withoutTimeNothingIsVerifiedAndTheAnswerSaysSo() throws InterruptedException {
        Reranked reranked = rerank(List.of(unrelated, related), new RerankLimits(10, 400, Duration.ZERO));

        assertThat(order(reranked)).containsExactly(0, 1);
        assertThat(reranked.verified()).isZero();
        assertThat(reranked.timeLimitReached()).isTrue();
    }

    @Test
    void theTimeThatReadingTakesCountsAndNothingIsReadAfterIt() throws InterruptedException {
        // Given
        var ticker = new ManualTicker();
        List<Integer> read = new ArrayList<>();
        var slow = new Candidates() {
            @Override
            public List<Double> scores() {
                return List.of(0.9, 0.8, 0.7);
            }

            @Override
            public Optional<LocalFeatures> features(int candidate) {
                read.add(candidate);
                ticker.advance(Duration.ofSeconds(2));
                return related.features();
            }
        };
        var limits = new RerankLimits(10, 400, Duration.ofSeconds(1));

        // When
        Reranked reranked = reranker(ticker)
                .rerank(query, slow, limits, Lane.INTERACTIVE, Deadline.after(Duration.ofMinutes(1), ticker));

        // Then
        assertThat(read).containsExactly(0);
        assertThat(reranked.verified()).isEqualTo(1);
        assertThat(reranked.timeLimitReached()).isTrue();
        assertThat(reranked.order()).hasSize(3);
    }

    @Test
    void aDeadlineThatPassedEndsIt() {
        var ticker = new ManualTicker();
        var deadline = Deadline.after(Duration.ofMillis(1), ticker);
        ticker.advance(Duration.ofMillis(2));

        assertThatThrownBy(() -> reranker(ticker).rerank(query, new Listed(List.of(related)), ALL, Lane.BULK, deadline))
                .isInstanceOf(DeadlineExceeded.class)
                .hasMessage("the deadline passed before the next candidate was verified");
    }

    @Test
    void aCallerThatIsInterruptedIsNotAnswered() {
        var deadline = Deadline.after(Duration.ofMinutes(1), Ticker.system());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() ->
                        reranker(Ticker.system()).rerank(query, new Listed(List.of(related)), ALL, Lane.BULK, deadline))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void fewInliersCountAsNone() {
        assertThat(RULE.value(0.7, 11)).isEqualTo(0.7);
        assertThat(RULE.value(0.7, 20)).isEqualTo(0.7 + 0.25);
        assertThat(RULE.value(0.7, 4000)).isEqualTo(0.7 + 0.5);
    }

    private Reranked rerank(List<Candidate> candidates, RerankLimits limits) throws InterruptedException {
        var deadline = Deadline.after(Duration.ofMinutes(1), Ticker.system());
        return reranker(Ticker.system()).rerank(query, new Listed(candidates), limits, Lane.INTERACTIVE, deadline);
    }

    private static Reranker reranker(Ticker ticker) {
        return new Reranker(
                new GeometricVerifier(0.9, GeometricModel.AFFINE, 0.01), RULE, Permits.ofCores(1, ticker), ticker);
    }

    private static List<Integer> order(Reranked reranked) {
        return reranked.order().stream().map(Reranked.Place::candidate).toList();
    }
}
