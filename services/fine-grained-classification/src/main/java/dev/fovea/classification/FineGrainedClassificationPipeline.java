package dev.fovea.classification;

import dev.fovea.imaging.read.ImageReader;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.inference.Stage;
import dev.fovea.inference.StageTimings;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.lifecycle.Models;
import dev.fovea.repository.ModelManifest;
import java.util.List;
import java.util.Optional;

/// Image in, the best labels out: decode, preprocess, batch, infer, postprocess.
///
/// Sequential on the caller's thread, which waits where the stages wait: for a fetched image, a CPU permit, a batch.
/// It owns nothing and closes nothing. Any thread.
public final class FineGrainedClassificationPipeline implements FineGrainedClassifier {
    private final Models models;
    private final ImagePreparation preparation;
    private final EnsembleMemory ensembles;
    private final Explainer explainer;
    private final Ticker ticker;

    public FineGrainedClassificationPipeline(Models models, ImageReader images, RequestBounds bounds, Ticker ticker) {
        this.models = models;
        this.preparation = new ImagePreparation(images);
        this.ensembles = bounds.ensembles();
        this.explainer = new Explainer(bounds.explanations(), bounds.cpu());
        this.ticker = ticker;
    }

    @Override
    public Classification classify(ClassificationRequest request, Lane lane, Deadline deadline)
            throws InterruptedException {
        Ensemble ensemble = Ensemble.of(request.models(), models);
        var flight = InFlight.starting(lane, deadline, ticker);
        try (var _ = ensembles.hold(ensemble, request.views());
                var _ = explainer.place(request, ensemble, flight);
                // decode, preprocess
                PreparedImage image = preparation.prepare(request, ensemble, flight)) {
            // batch, infer
            List<ModelAnswer> answers =
                    ensemble.infer(image, request.explanation().isPresent(), flight);
            // postprocess
            List<ScoredLabel> labels = labels(answers, request.scores());
            Optional<SparseSamplingAnswers> branches = branches(answers, request.scores());
            flight.ended(Stage.POSTPROCESS);
            Optional<Explanation> explanation = explainer.explain(request, image, answers.getFirst(), flight);
            return new Classification(
                    ensemble.identities(), image.size(), labels, branches, explanation, timings(answers, flight));
        }
    }

    /// From the mean of the models' probabilities, each the mean of its views'.
    private static List<ScoredLabel> labels(List<ModelAnswer> answers, ScoreRule rule) {
        ModelManifest named = answers.getFirst().manifest();
        List<ClassScores> scores = answers.stream()
                .map(answer -> answer.scores(answer.manifest().outputs().getFirst(), rule.temperature()))
                .toList();
        return ClassScores.mean(scores).best(rule, index -> ClassificationModels.label(named, index));
    }

    /// Of a single S3N only: an ensemble has no branches.
    private static Optional<SparseSamplingAnswers> branches(List<ModelAnswer> answers, ScoreRule rule) {
        ModelAnswer first = answers.getFirst();
        return answers.size() > 1
                ? Optional.empty()
                : SparseSampling.in(first.manifest()).map(outputs -> outputs.answers(first, rule));
    }

    private static StageTimings timings(List<ModelAnswer> answers, InFlight flight) {
        return flight.clock()
                .timings(answers.stream().mapToInt(ModelAnswer::batchRows).max().orElseThrow());
    }
}
