package dev.fovea.classification;

import dev.fovea.inference.Permits;
import dev.fovea.inference.Stage;
import dev.fovea.inference.failure.InvalidInput;
import dev.fovea.inference.lifecycle.ServingModel;
import dev.fovea.repository.ModelManifest;
import java.util.List;
import java.util.Optional;

/// Draws why a model answered so, for those who ask. Any thread.
final class Explainer {
    private final Permits places;
    private final Permits cpu;

    /// @param places bounds how many reduced copies of images are alive: from the start of a request to its answer
    /// @param cpu held while drawing
    Explainer(Permits places, Permits cpu) {
        this.places = places;
        this.cpu = cpu;
    }

    /// Waits for a place if an explanation is asked for; the caller closes it with the answer.
    ///
    /// @throws InvalidInput `EXPLANATION_UNSUPPORTED` if the model has no outputs that explain
    Permits.Permit place(ClassificationRequest request, Ensemble ensemble, InFlight flight)
            throws InterruptedException {
        if (request.explanation().isEmpty()) {
            return () -> {};
        }
        require(ensemble.first());
        return flight.acquire(places);
    }

    /// Empty if none is asked for.
    Optional<Explanation> explain(
            ClassificationRequest request, PreparedImage image, ModelAnswer answer, InFlight flight)
            throws InterruptedException {
        if (request.explanation().isEmpty()) {
            return Optional.empty();
        }
        try (var _ = flight.acquire(cpu)) {
            flight.requireWanted("the explanation was drawn");
            Explanation drawn = draw(request.explanation().get(), image.sketch().orElseThrow(), answer);
            flight.ended(Stage.POSTPROCESS);
            return Optional.of(drawn);
        }
    }

    private static Explanation draw(ExplanationRequest request, Sketch sketch, ModelAnswer answer) {
        ModelManifest manifest = answer.manifest();
        List<ClassResponse> responses = ClassResponsePictures.in(manifest)
                .map(pictures -> pictures.draw(answer, request.classes(), sketch))
                .orElse(List.of());
        Optional<SparseSamplingExplanation> sparseSampling =
                SparseSamplingPictures.in(manifest).map(pictures -> pictures.draw(answer, sketch));
        return new Explanation(sketch.size(), responses, sparseSampling);
    }

    private static void require(ServingModel model) {
        if (!ClassificationModels.explains(model.manifest())) {
            String name = model.name() + "@" + model.version();
            throw new InvalidInput(
                    "EXPLANATION_UNSUPPORTED",
                    "model " + name + " has no outputs that explain; build it with --explanations=true, or"
                            + " adopt it without --no-explanations",
                    name,
                    "outputs response_classes with response_maps or with response_forms and response_features, or those"
                            + " of an S3N");
        }
    }
}
