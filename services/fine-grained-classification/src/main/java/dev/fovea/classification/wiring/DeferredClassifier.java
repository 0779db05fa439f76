package dev.fovea.classification.wiring;

import dev.fovea.classification.Classification;
import dev.fovea.classification.ClassificationRequest;
import dev.fovea.classification.FineGrainedClassifier;
import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;
import jakarta.inject.Provider;

/// Asks for the classifier when it is needed: gRPC services are created on an event loop, which must not wait for
/// OpenCV's natives. Any thread.
record DeferredClassifier(Provider<FineGrainedClassifier> classifier) implements FineGrainedClassifier {

    @Override
    public Classification classify(ClassificationRequest request, Lane lane, Deadline deadline)
            throws InterruptedException {
        return classifier.get().classify(request, lane, deadline);
    }
}
