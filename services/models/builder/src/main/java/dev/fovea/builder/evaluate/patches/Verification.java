package dev.fovea.builder.evaluate.patches;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// HPatches' first task: do two patches show the same?
///
/// Positive pairs are one patch in two images of its sequence; negative ones another patch, of the same
/// sequence (intra) or of another (inter). Average precision counts one positive for five negatives, the
/// share of false positives at 95 % recall as many positives as negatives of each kind.
///
/// Source: Balntas et al. 2017, arXiv:1704.05939, section 5; the imbalance of 0.2 as in hpatches-benchmark,
/// `python/utils/tasks.py` (`eval_verification`).
final class Verification {

    private static final int NEGATIVES_PER_POSITIVE = 5;

    /// A patch: sequence, view and index.
    private record Patch(int sequence, int view, int index) {}

    /// @param same shows the same as `patch`, from another image
    /// @param intra is another patch of the same sequence, from the image of `same`
    /// @param inter is a patch of another sequence; `same` itself where there is but one sequence
    private record Draw(Patch patch, Patch same, Patch intra, Patch inter) {}

    private final List<Draw> draws;
    private final boolean several;

    private Verification(List<Draw> draws, boolean several) {
        this.draws = draws;
        this.several = several;
    }

    /// Draws pairs, the same for every descriptor.
    ///
    /// @param patches of each sequence, at least two
    /// @param views of each sequence, at least two
    static Verification draw(List<Integer> patches, List<Integer> views, int pairs, long seed) {
        var random = new SplittableRandom(seed);
        List<Draw> draws = new ArrayList<>(pairs);
        for (int i = 0; i < pairs; i++) {
            int sequence = random.nextInt(patches.size());
            int view = random.nextInt(views.get(sequence));
            int otherView = other(view, views.get(sequence), random);
            int index = random.nextInt(patches.get(sequence));
            int otherIndex = other(index, patches.get(sequence), random);
            int otherSequence = patches.size() == 1 ? sequence : other(sequence, patches.size(), random);
            var inter = new Patch(
                    otherSequence,
                    random.nextInt(views.get(otherSequence)),
                    random.nextInt(patches.get(otherSequence)));
            draws.add(new Draw(
                    new Patch(sequence, view, index),
                    new Patch(sequence, otherView, index),
                    new Patch(sequence, otherView, otherIndex),
                    inter));
        }
        return new Verification(draws, patches.size() > 1);
    }

    private static int other(int than, int count, SplittableRandom random) {
        return (than + 1 + random.nextInt(count - 1)) % count;
    }

    /// @param intra average precision against patches of the same sequence
    /// @param inter against patches of other sequences; empty where there is but one
    /// @param falsePositives share of both kinds of negatives accepted at 95 % recall
    record Score(double intra, OptionalDouble inter, double falsePositives) {

        /// Mean of what there is.
        double averagePrecision() {
            return inter.isPresent() ? (intra + inter.getAsDouble()) / 2 : intra;
        }
    }

    Score score(List<DescribedSequence> sequences, NoiseLevel level) {
        int pairs = draws.size();
        float[] same = new float[pairs];
        float[] intra = new float[pairs];
        float[] inter = new float[several ? pairs : 0];
        for (int i = 0; i < pairs; i++) {
            Draw draw = draws.get(i);
            same[i] = distance(draw.patch(), draw.same(), sequences, level);
            intra[i] = distance(draw.patch(), draw.intra(), sequences, level);
            if (several) {
                inter[i] = distance(draw.patch(), draw.inter(), sequences, level);
            }
        }
        float[] wrong = Arrays.copyOf(intra, pairs + inter.length);
        System.arraycopy(inter, 0, wrong, pairs, inter.length);
        return new Score(
                imbalanced(same, intra),
                several ? OptionalDouble.of(imbalanced(same, inter)) : OptionalDouble.empty(),
                RankingMetrics.falsePositivesAt95(same, wrong));
    }

    private static float distance(Patch one, Patch other, List<DescribedSequence> sequences, NoiseLevel level) {
        Rows rows = sequences.get(one.sequence()).patches(one.view(), level);
        return rows.distance(one.index(), sequences.get(other.sequence()).patches(other.view(), level), other.index());
    }

    private static double imbalanced(float[] right, float[] wrong) {
        int positives = right.length / NEGATIVES_PER_POSITIVE;
        float[] distances = new float[positives + wrong.length];
        boolean[] labels = new boolean[distances.length];
        System.arraycopy(right, 0, distances, 0, positives);
        System.arraycopy(wrong, 0, distances, positives, wrong.length);
        Arrays.fill(labels, 0, positives, true);
        return RankingMetrics.averagePrecision(distances, labels, positives);
    }
}
