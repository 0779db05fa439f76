package dev.fovea.retrieval;

import dev.fovea.inference.Stage;
import dev.fovea.inference.batching.Inferred;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.inference.lifecycle.ModelIdentity;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.vectorindex.Embedding;

/// The three stages of a model: batch, infer, and postprocess (unit norm). Any thread.
final class ImageEmbedding {

    private ImageEmbedding() {}

    /// @throws InvalidInput `IMAGE_WITHOUT_FEATURES` if the model answers with zeros alone
    /// @throws ModelFailed if the answer is not finite
    static EmbeddedImage of(PreparedImage image, ServingModel model, InFlight flight) throws InterruptedException {
        Inferred inferred = model.batcher().infer(image.input(), flight.lane(), flight.deadline());
        flight.clock().inferred(inferred.queueNanos(), inferred.inferNanos());
        Embedding embedding = normalized(inferred.output().row(0), model);
        flight.clock().ended(Stage.POSTPROCESS);
        return new EmbeddedImage(
                ModelIdentity.of(model), embedding, image.size(), flight.clock().timings(inferred.batchRows()));
    }

    private static Embedding normalized(float[] values, ServingModel model) {
        boolean nothing = true;
        for (float value : values) {
            nothing &= value == 0;
        }
        if (nothing) {
            throw new InvalidInput(
                    "IMAGE_WITHOUT_FEATURES",
                    "model " + ModelIdentity.of(model) + " finds nothing in this image: its embedding is zero",
                    0,
                    "> 0");
        }
        try {
            return Embedding.normalized(values);
        } catch (InvalidInput notFinite) {
            throw new ModelFailed(
                    "model " + ModelIdentity.of(model) + " gave no usable embedding: " + notFinite.getMessage(),
                    notFinite);
        }
    }
}
