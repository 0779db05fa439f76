package dev.fovea.classification.wiring;

import dev.fovea.classification.Classification;
import dev.fovea.classification.ClassificationRequest;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import dev.fovea.quarkus.metrics.StageMetrics;

/// Reports the stages of every answered request. Any thread.
record TimedClassifier(FineGrainedClassifier classifier, StageMetrics metrics) implements FineGrainedClassifier {

    @Override
    public Classification classify(ClassificationRequest request, Lane lane, Deadline deadline)
            throws InterruptedException {
        Classification classification = classifier.classify(request, lane, deadline);
        metrics.answered(classification.timings(), lane);
        return classification;
    }
}
