package dev.fovea.inference.lifecycle;

import dev.fovea.inference.Deadline;
import dev.fovea.inference.Ticker;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.batching.ModelInstance;
import dev.fovea.inference.batching.QueueingBatcher;
import dev.fovea.inference.failure.InferenceFailure;
import dev.fovea.inference.session.SampleAnswer;
import dev.fovea.inference.session.SampleInput;
import dev.fovea.repository.ModelManifest;
import java.util.List;
import java.util.Optional;

/// Runs a model's stored sample while it serves.
///
/// On each instance by itself: one that has gone bad answers fast, draws traffic to itself, and would hide
/// behind the healthy ones if any of them could take the sample.
record SampleRun(Ticker ticker) {

    SampleCheck on(List<ModelInstance> instances, QueueingBatcher batcher, ModelManifest manifest, Deadline deadline)
            throws InterruptedException {
        for (ModelInstance instance : instances) {
            if (!instance.vitals().isWorking()) {
                continue; // health knows that it is lost
            }
            Optional<String> fault = faultOf(instance, batcher, manifest, deadline);
            if (fault.isPresent()) {
                return new SampleCheck.Failed(ticker.nanoTime(), "instance " + instance.index() + ": " + fault.get());
            }
        }
        return new SampleCheck.Passed(ticker.nanoTime());
    }

    private static Optional<String> faultOf(
            ModelInstance instance, QueueingBatcher batcher, ModelManifest manifest, Deadline deadline)
            throws InterruptedException {
        Inferred answer;
        try {
            answer = batcher.inferOn(instance, SampleInput.of(manifest), deadline);
        } catch (InferenceFailure failure) {
            return Optional.of(failure.code() + ": " + failure.getMessage());
        }
        return SampleAnswer.fault(manifest, answer.output(), 0);
    }
}
