package dev.fovea.classification;

import dev.fovea.imaging.Image;
import dev.fovea.imaging.preprocess.ImagePreprocessor;
import dev.fovea.imaging.preprocess.View;
import dev.fovea.imaging.read.ImageReader;
import dev.fovea.imaging.read.OpenedImage;
import dev.fovea.inference.Stage;
import dev.fovea.inference.Tensor;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.WholeImageInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two stages before the models: decode, and preprocess (every view, as each model was trained). Any thread.
final class ImagePreparation {
    private static final String GOAL = "the image was prepared";

    private final ImageReader images;

    ImagePreparation(ImageReader images) {
        this.images = images;
    }

    /// Decodes once; the image is closed when this returns. The caller closes what it gets.
    PreparedImage prepare(ClassificationRequest request, Ensemble ensemble, InFlight flight)
            throws InterruptedException {
        try (OpenedImage opened = images.open(request.image(), flight.lane(), flight.deadline(), flight.clock())) {
            List<Tensor> inputs = inputs(opened.image(), ensemble, request.views(), flight);
            flight.requireWanted(GOAL);
            Optional<Sketch> sketch = request.explanation()
                    .map(asked -> sketch(opened.image(), ensemble.first().manifest(), request.views(), asked));
            flight.ended(Stage.PREPROCESS);
            return new PreparedImage(opened.size(), inputs, sketch);
        }
    }

    private static List<Tensor> inputs(Image image, Ensemble ensemble, ViewChoice views, InFlight flight)
            throws InterruptedException {
        Map<InputForm, Tensor> made = new HashMap<>();
        List<Tensor> inputs = new ArrayList<>();
        for (ModelManifest manifest : ensemble.manifests()) {
            var form = InputForm.of(manifest);
            if (!made.containsKey(form)) {
                made.put(form, input(image, manifest, views, flight));
            }
            inputs.add(made.get(form));
        }
        return inputs;
    }

    private static Tensor input(Image image, ModelManifest manifest, ViewChoice choice, InFlight flight)
            throws InterruptedException {
        ImagePreprocessing preprocessing = WholeImageInput.preprocessing(manifest);
        List<View> views = views(preprocessing, image, choice);
        Tensor input = Tensor.allocate(manifest.inputs().getFirst(), views.size());
        flight.requireWanted(GOAL);
        new ImagePreprocessor(preprocessing).prepare(image, views, input, 0);
        return input;
    }

    private static Sketch sketch(Image image, ModelManifest manifest, ViewChoice choice, ExplanationRequest asked) {
        ImagePreprocessing preprocessing = WholeImageInput.preprocessing(manifest);
        View first = views(preprocessing, image, choice).getFirst();
        return Sketch.of(image, asked.maxSidePx(), first.frame(), preprocessing);
    }

    private static List<View> views(ImagePreprocessing preprocessing, Image image, ViewChoice choice) {
        return View.all(preprocessing, image.width(), image.height(), choice.rule(), choice.flip());
    }
}
