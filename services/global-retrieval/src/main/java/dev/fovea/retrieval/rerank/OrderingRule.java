package dev.fovea.retrieval.rerank;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How stage one's score and the inliers of stage two make one order.
///
/// The rank value of a candidate is `score + weight * min(inliers, saturation) / saturation`, where fewer
/// inliers than `leastInliers` count as none: unrelated images agree on a map by chance with a few. So a
/// candidate that was not verified is where it would be with none.
///
/// @param leastInliers at least 0
/// @param saturation inliers beyond which more say nothing; at least 1
/// @param weight of a saturated candidate, in units of the score; 0 to 10
public record OrderingRule(int leastInliers, int saturation, double weight) {

    /// Chosen on data, see RERANKING.md.
    public static final OrderingRule DEFAULT = new OrderingRule(4, 40, 0.2);

    /// @throws IllegalArgumentException if a value is out of range
    public OrderingRule {
        if (leastInliers < 0 || saturation < 1 || !(weight >= 0 && weight <= 10)) {
            throw new IllegalArgumentException("ordering rule of at least " + leastInliers + " inliers, " + saturation
                    + " that saturate, weight " + weight + ": expected are at least 0, at least 1, and 0 to 10");
        }
    }

    double value(double score, int inliers) {
        return inliers < leastInliers ? score : score + weight * Math.min(inliers, saturation) / saturation;
    }

    /// The places by falling value; among equals the earlier candidate first.
    List<Reranked.Place> order(List<Double> scores, List<Reranked.Place> places) {
        double[] values = places.stream()
                .mapToDouble(place -> value(
                        scores.get(place.candidate()),
                        place.verification()
                                .map(found -> found.inliers().size())
                                .orElse(0)))
                .toArray();
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .map(places::get)
                .toList();
    }
}
