package dev.fovea.retrieval.rerank;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Permits;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.failure.DeadlineExceeded;
import dev.fovea.inference.failure.Overloaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the candidates of a search in order by how well their local features agree with the query's. Any
/// thread.
///
/// Each comparison holds a CPU permit of its own, so that other requests get their turns in between.
public final class Reranker {

    private final GeometricVerifier verifier;
    private final OrderingRule rule;
    private final Permits cpu;
    private final Ticker ticker;

    public Reranker(GeometricVerifier verifier, OrderingRule rule, Permits cpu, Ticker ticker) {
        this.verifier = verifier;
        this.rule = rule;
        this.cpu = cpu;
        this.ticker = ticker;
    }

    /// Reads and verifies the first candidates, one after another, until one of the limits comes.
    ///
    /// @throws DeadlineExceeded if the deadline passes
    /// @throws Overloaded if no core can be expected in time
    /// @throws InterruptedException if nobody waits any more
    public Reranked rerank(
            LocalFeatures query, Candidates candidates, RerankLimits limits, Lane lane, Deadline deadline)
            throws InterruptedException {
        long start = ticker.nanoTime();
        Deadline limit = Deadline.after(limits.time(), ticker);
        LocalFeatures strongest = query.strongest(limits.keypoints());
        List<Reranked.Place> places = new ArrayList<>();
        int verified = 0;
        boolean late = false;
        List<Double> scores = candidates.scores();
        for (int i = 0; i < scores.size(); i++) {
            boolean wanted = i < limits.candidates();
            late = late || (wanted && limit.hasPassed(ticker));
            Optional<LocalFeatures> features = wanted && !late ? candidates.features(i) : Optional.empty();
            if (features.isPresent()) {
                LocalFeatures candidate = features.get().strongest(limits.keypoints());
                places.add(new Reranked.Place(i, Optional.of(verify(strongest, candidate, lane, deadline))));
                verified++;
            } else {
                places.add(new Reranked.Place(i, Optional.empty()));
            }
        }
        Duration took = Duration.ofNanos(ticker.nanoTime() - start);
        return new Reranked(rule.order(scores, places), verified, late, took);
    }

    private Verification verify(LocalFeatures query, LocalFeatures candidate, Lane lane, Deadline deadline)
            throws InterruptedException {
        deadline.requireWanted(ticker, "the next candidate was verified");
        try (var _ = cpu.acquire(lane, deadline)) {
            return verifier.verify(query, candidate);
        }
    }
}
