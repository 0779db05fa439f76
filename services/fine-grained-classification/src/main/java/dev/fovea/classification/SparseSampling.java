package dev.fovea.classification;

import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import java.util.Optional;

/// The outputs in which an S3N answers besides its joint answer, and which tell that a model is one.
///
/// @param gate **Shape:** (2): the sum of p ln p of the five best classes; 1 if the best class alone was taken, else 0
record SparseSampling(TensorSpec origin, TensorSpec discriminative, TensorSpec complementary, TensorSpec gate) {
    private static final float HALF = 0.5f;

    /// Empty if the model is no S3N: it has not all of them, or one only explains and does not come with an answer.
    static Optional<SparseSampling> in(ModelManifest manifest) {
        var classes = List.of(manifest.outputs().getFirst().itemShape());
        Optional<TensorSpec> origin = ClassificationModels.output(manifest, "origin", classes);
        Optional<TensorSpec> discriminative = ClassificationModels.output(manifest, "discriminative", classes);
        Optional<TensorSpec> complementary = ClassificationModels.output(manifest, "complementary", classes);
        Optional<TensorSpec> gate = ClassificationModels.output(manifest, "gate", List.of(List.of(2)));
        if (origin.isEmpty() || discriminative.isEmpty() || complementary.isEmpty() || gate.isEmpty()) {
            return Optional.empty();
        }
        var all = List.of(origin.get(), discriminative.get(), complementary.get(), gate.get());
        return manifest.answers().containsAll(all)
                ? Optional.of(new SparseSampling(all.get(0), all.get(1), all.get(2), all.get(3)))
                : Optional.empty();
    }

    SparseSamplingAnswers answers(ModelAnswer answer, ScoreRule rule) {
        float[] choice = answer.firstView(gate);
        return new SparseSamplingAnswers(
                best(answer, origin, rule),
                best(answer, discriminative, rule),
                best(answer, complementary, rule),
                new EntropyGate(
                        choice[1] > HALF ? EntropyGate.Choice.BEST_CLASS : EntropyGate.Choice.FIVE_BEST_CLASSES,
                        choice[0]));
    }

    private static List<ScoredLabel> best(ModelAnswer answer, TensorSpec branch, ScoreRule rule) {
        return answer.scores(branch, rule.temperature())
                .best(rule, index -> ClassificationModels.label(answer.manifest(), index));
    }
}
