package dev.fovea.classification;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Lane;

/// The port of the service: which of many similar classes an image shows, and why. Any thread may call and waits for
/// its answer.
///
/// It fails with the family of `dev.fovea.inference.failure`; whoever interrupts the caller's thread ends the request.
public interface FineGrainedClassifier {
    /// The best labels of an image, and what else was asked for.
    ///
    /// @throws dev.fovea.inference.failure.InferenceFailure naming what is wrong, with value and limit
    Classification classify(ClassificationRequest request, Lane lane, Deadline deadline) throws InterruptedException;
}
