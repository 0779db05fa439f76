package dev.fovea.builder.evaluate.patches;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// HPatches' third task: each patch of a reference asks for its like in the other images of its sequence,
/// among the reference patches of all other sequences. Mean over the patches.
///
/// Source: Balntas et al. 2017, arXiv:1704.05939, section 5; hpatches-benchmark, `python/utils/tasks.py`
/// (`eval_retrieval`).
final class Retrieval {

    private Retrieval() {}

    /// Empty where there is but one sequence, and so nothing to be mistaken for.
    static OptionalDouble meanAveragePrecision(List<DescribedSequence> sequences, NoiseLevel level) {
        if (sequences.size() < 2) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        int queries = 0;
        for (DescribedSequence sequence : sequences) {
            List<Rows> distractors = sequences.stream()
                    .filter(other -> !other.name().equals(sequence.name()))
                    .map(DescribedSequence::reference)
                    .toList();
            for (int query = 0; query < sequence.reference().count(); query++) {
                sum += averagePrecision(sequence, query, level, distractors);
                queries++;
            }
        }
        return OptionalDouble.of(sum / queries);
    }

    private static double averagePrecision(
            DescribedSequence sequence, int query, NoiseLevel level, List<Rows> distractors) {
        int wanted = sequence.views() - 1;
        float[] distances =
                new float[wanted + distractors.stream().mapToInt(Rows::count).sum()];
        Rows reference = sequence.reference();
        int next = 0;
        for (int view = 1; view <= wanted; view++) {
            distances[next++] = reference.distance(query, sequence.patches(view, level), query);
        }
        for (Rows rows : distractors) {
            for (int row = 0; row < rows.count(); row++) {
                distances[next++] = reference.distance(query, rows, row);
            }
        }
        boolean[] right = new boolean[distances.length];
        Arrays.fill(right, 0, wanted, true);
        return RankingMetrics.averagePrecision(distances, right, wanted);
    }
}
