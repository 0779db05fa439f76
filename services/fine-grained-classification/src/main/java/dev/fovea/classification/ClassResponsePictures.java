package dev.fovea.classification;

import dev.fovea.imaging.explain.ScalarMap;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The outputs in which a model shows where its best classes respond.
///
/// @param classes **Shape:** (K), index of each response's class, best first
record ClassResponsePictures(ClassResponses responses, TensorSpec classes) {

    /// Empty if the model has not both.
    static Optional<ClassResponsePictures> in(ModelManifest manifest) {
        return ClassResponses.in(manifest).flatMap(responses -> ClassificationModels.output(
                        manifest, "response_classes", List.of(List.of(responses.classes())))
                .map(classes -> new ClassResponsePictures(responses, classes)));
    }

    /// @param most classes asked for
    List<ClassResponse> draw(ModelAnswer answer, int most, Sketch sketch) {
        float[] best = answer.firstView(classes);
        List<ScalarMap> maps = responses.maps(answer, Math.min(most, best.length));
        List<ClassResponse> drawn = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            int index = answer.classIndex(best[i]);
            // What speaks against the class is drawn as nothing.
            Png overlay = sketch.overlay(maps.get(i).positive(), List.of());
            drawn.add(new ClassResponse(index, ClassificationModels.label(answer.manifest(), index), overlay));
        }
        return drawn;
    }
}
