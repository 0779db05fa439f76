package dev.fovea.classification;

import dev.fovea.imaging.explain.ScalarMap;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The outputs in which a model shows where its best classes respond.
///
/// @param maps **Shape:** (K, rows, columns), cells of equal size over the input
/// @param classes **Shape:** (K), index of each map's class, best first
record ClassResponsePictures(TensorSpec maps, TensorSpec classes) {
    private static final int MAP_DIMENSIONS = 3;

    /// Empty if the model has not both.
    static Optional<ClassResponsePictures> in(ModelManifest manifest) {
        return manifest.outputs().stream()
                .filter(output -> output.name().equals("response_maps"))
                .filter(output -> output.elementType() == ElementType.FLOAT32)
                .filter(output -> output.itemShape().size() == MAP_DIMENSIONS)
                .findFirst()
                .flatMap(maps -> classes(manifest, maps).map(classes -> new ClassResponsePictures(maps, classes)));
    }

    private static Optional<TensorSpec> classes(ModelManifest manifest, TensorSpec maps) {
        List<Integer> shape = List.of(maps.itemShape().getFirst());
        return ClassificationModels.output(manifest, "response_classes", List.of(shape));
    }

    /// @param most classes asked for
    List<ClassResponse> draw(ModelAnswer answer, int most, Sketch sketch) {
        float[] best = answer.firstView(classes);
        float[] responses = answer.firstView(maps);
        List<ClassResponse> drawn = new ArrayList<>();
        for (int i = 0; i < Math.min(most, best.length); i++) {
            int index = Math.round(best[i]);
            Png overlay = sketch.overlay(map(responses, i), List.of());
            drawn.add(new ClassResponse(index, ClassificationModels.label(answer.manifest(), index), overlay));
        }
        return drawn;
    }

    /// What speaks for the class; what speaks against it is drawn as nothing.
    private ScalarMap map(float[] responses, int index) {
        int rows = maps.itemShape().get(1);
        int columns = maps.itemShape().get(2);
        var values = FloatBuffer.wrap(responses, index * rows * columns, rows * columns);
        return ScalarMap.of(rows, columns, values).positive();
    }
}
