package dev.fovea.retrieval;

import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.vectorindex.Embedding;
import dev.fovea.vectorindex.Hit;
import java.util.List;

/// The query becomes the sum of itself and its nearest stored embeddings, each weighted by `score ^ alpha`, of unit
/// norm.
///
/// Source: the plain average is that of Chum et al. 2007 (Total Recall), the weights are those of Radenović et al.
/// 2019, arXiv:1711.02512, section 3.4. A negative score weighs nothing, but 1 for `alpha` 0.
///
/// @param neighbours in the sum, 1 to 100
/// @param alpha 0 to 10; 0: all weigh the same
public record QueryExpansion(int neighbours, float alpha) {
    private static final int MOST_NEIGHBOURS = 100;
    private static final float LARGEST_ALPHA = 10;

    /// @throws InvalidInput `EXPANSION_INVALID`
    public static QueryExpansion of(long neighbours, float alpha) {
        if (neighbours < 1 || neighbours > MOST_NEIGHBOURS) {
            throw new InvalidInput(
                    "EXPANSION_INVALID",
                    "an expansion by " + neighbours + " neighbours is outside 1 to " + MOST_NEIGHBOURS,
                    neighbours,
                    "1 to " + MOST_NEIGHBOURS);
        }
        if (!(alpha >= 0 && alpha <= LARGEST_ALPHA)) {
            throw new InvalidInput(
                    "EXPANSION_INVALID",
                    "alpha " + alpha + " of an expansion is outside 0 to " + LARGEST_ALPHA,
                    alpha,
                    "0 to " + LARGEST_ALPHA);
        }
        return new QueryExpansion((int) neighbours, alpha);
    }

    /// @param hits best first, with their vectors; the first `neighbours` count
    Embedding expand(Embedding query, List<Hit> hits) {
        double[] sum = new double[query.dimension()];
        add(sum, query, 1);
        hits.stream()
                .limit(neighbours)
                .forEach(hit -> add(sum, hit.entry().vector(), Math.pow(Math.max(hit.score(), 0), alpha)));
        float[] expanded = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            expanded[i] = (float) sum[i];
        }
        return Embedding.normalized(expanded);
    }

    private static void add(double[] sum, Embedding embedding, double weight) {
        float[] values = embedding.lent();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
    }
}
