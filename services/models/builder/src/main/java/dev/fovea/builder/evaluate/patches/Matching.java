package dev.fovea.builder.evaluate.patches;

import java.util.List;

/// HPatches' second task: each patch of the reference is matched with its nearest of another image; matches
/// are ranked by distance, and patches matched wrongly count as never found. Mean over the images, then over
/// the sequences.
///
/// Source: Balntas et al. 2017, arXiv:1704.05939, section 5; hpatches-benchmark, `python/utils/tasks.py`
/// (`eval_matching`).
final class Matching {

    private Matching() {}

    static double meanAveragePrecision(List<DescribedSequence> sequences, NoiseLevel level) {
        return sequences.stream()
                .mapToDouble(sequence -> ofSequence(sequence, level))
                .average()
                .orElseThrow();
    }

    private static double ofSequence(DescribedSequence sequence, NoiseLevel level) {
        double sum = 0;
        for (int view = 1; view < sequence.views(); view++) {
            sum += averagePrecision(sequence.reference(), sequence.patches(view, level));
        }
        return sum / (sequence.views() - 1);
    }

    /// @param others in the order of `reference`; of several nearest the first is taken
    static double averagePrecision(Rows reference, Rows others) {
        float[] distances = new float[reference.count()];
        boolean[] right = new boolean[reference.count()];
        for (int i = 0; i < distances.length; i++) {
            int nearest = 0;
            float least = Float.POSITIVE_INFINITY;
            for (int j = 0; j < others.count(); j++) {
                float distance = reference.distance(i, others, j);
                if (distance < least) {
                    least = distance;
                    nearest = j;
                }
            }
            distances[i] = least;
            right[i] = nearest == i;
        }
        return RankingMetrics.averagePrecision(distances, right, distances.length);
    }
}
