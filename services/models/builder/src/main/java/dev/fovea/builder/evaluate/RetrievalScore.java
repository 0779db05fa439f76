package dev.fovea.builder.evaluate;

import dev.fovea.builder.numbers.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// How well references are found for queries.
///
/// A query whose ground truth is empty is left out, as in the published benchmarks of place recognition.
///
/// @param recalls for each depth k, the share of queries with a true reference among the first k
/// @param averagePrecision mean over the queries of the area under their precision and recall, which means something
///     where the ground truth lists every true reference
/// @param queries that count
/// @param best for each query that counts, the index of the reference found first
public record RetrievalScore(List<Recall> recalls, double averagePrecision, int queries, List<Integer> best) {

    public RetrievalScore {
        recalls = List.copyOf(recalls);
        best = List.copyOf(best);
    }

    /// @param at depth k, from 1
    /// @param share 0 to 1
    public record Recall(int at, double share) {}

    /// By exact search.
    ///
    /// @param queries one embedding per row; the dot product tells similarity
    /// @param references one embedding per row
    /// @param truth for each query, the indices of its true references
    /// @param depths at which recall is taken
    /// @throws IllegalArgumentException if no query has a true reference
    public static RetrievalScore of(Matrix queries, Matrix references, List<Set<Integer>> truth, List<Integer> depths) {
        return of(query -> ranking(queries.row(query), references), truth, depths);
    }

    /// Of rankings that someone else made.
    ///
    /// @param rankings for each query, the indices of references, best first, at least one; a true reference
    ///     that is not among them counts as never found
    /// @throws IllegalArgumentException if no query has a true reference
    public static RetrievalScore ofRankings(
            List<List<Integer>> rankings, List<Set<Integer>> truth, List<Integer> depths) {
        return of(
                query ->
                        rankings.get(query).stream().mapToInt(Integer::intValue).toArray(),
                truth,
                depths);
    }

    private static RetrievalScore of(IntFunction<int[]> rankings, List<Set<Integer>> truth, List<Integer> depths) {
        int[] found = new int[depths.size()];
        double precision = 0;
        List<Integer> best = new ArrayList<>();
        for (int query = 0; query < truth.size(); query++) {
            Set<Integer> wanted = truth.get(query);
            if (wanted.isEmpty()) {
                continue;
            }
            int[] ranking = rankings.apply(query);
            best.add(ranking[0]);
            int first = firstTrue(ranking, wanted);
            for (int i = 0; i < found.length; i++) {
                found[i] += first < depths.get(i) ? 1 : 0;
            }
            precision += averagePrecision(ranking, wanted);
        }
        if (best.isEmpty()) {
            throw new IllegalArgumentException("the ground truth has no true reference for any query");
        }
        int count = best.size();
        List<Recall> recalls = IntStream.range(0, found.length)
                .mapToObj(i -> new Recall(depths.get(i), (double) found[i] / count))
                .toList();
        return new RetrievalScore(recalls, precision / count, count, best);
    }

    /// References by falling similarity, the first one first on ties.
    private static int[] ranking(float[] query, Matrix references) {
        double[] similarities = new double[references.rows()];
        for (int i = 0; i < similarities.length; i++) {
            for (int j = 0; j < query.length; j++) {
                similarities[i] += (double) query[j] * references.get(i, j);
            }
        }
        return IntStream.range(0, similarities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -similarities[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int firstTrue(int[] ranking, Set<Integer> wanted) {
        for (int rank = 0; rank < ranking.length; rank++) {
            if (wanted.contains(ranking[rank])) {
                return rank;
            }
        }
        return Integer.MAX_VALUE;
    }

    /// Mean of the precision at the rank of each true reference.
    private static double averagePrecision(int[] ranking, Set<Integer> wanted) {
        int hits = 0;
        double sum = 0;
        for (int rank = 0; rank < ranking.length; rank++) {
            if (wanted.contains(ranking[rank])) {
                hits++;
                sum += (double) hits / (rank + 1);
            }
        }
        return sum / wanted.size();
    }

    /// Recall at a depth, NaN if it was not asked for.
    public double recallAt(int depth) {
        return recalls.stream()
                .filter(recall -> recall.at() == depth)
                .mapToDouble(Recall::share)
                .findFirst()
                .orElse(Double.NaN);
    }
}
