package dev.fovea.classification;

import dev.fovea.imaging.explain.BilinearResponse;
import dev.fovea.imaging.explain.ScalarMap;
import dev.fovea.inference.failure.ModelFailed;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.TensorSpec;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The outputs that say how much each position of the input speaks for the best classes: as maps, or as factors from
/// which the maps are multiplied when they are wanted.
sealed interface ClassResponses {

    /// Of how many classes; the first dimension of the output.
    int classes();

    /// The maps of the best classes for the first view: cells of equal size over the input, negative where the position
    /// speaks against the class.
    ///
    /// @param count of classes, at most those there are
    /// @throws ModelFailed if a value is not finite
    List<ScalarMap> maps(ModelAnswer answer, int count);

    /// Empty if the model has neither.
    static Optional<ClassResponses> in(ModelManifest manifest) {
        return output(manifest, "response_maps", shape -> true)
                .<ClassResponses>map(Maps::new)
                .or(() -> output(manifest, "response_forms", shape -> true).flatMap(forms -> factors(manifest, forms)));
    }

    private static Optional<ClassResponses> factors(ModelManifest manifest, TensorSpec forms) {
        int depth = forms.itemShape().get(1);
        int width = forms.itemShape().get(2);
        return output(manifest, "response_features", shape -> shape.getFirst() == depth)
                .flatMap(left -> right(manifest, left, width)
                        .map(right -> new Factors(forms, left, right, biases(manifest, forms))));
    }

    private static Optional<TensorSpec> biases(ModelManifest manifest, TensorSpec forms) {
        return ClassificationModels.output(
                manifest, "response_biases", List.of(List.of(forms.itemShape().getFirst())));
    }

    /// The second features where there are some; else the first are paired with themselves.
    private static Optional<TensorSpec> right(ModelManifest manifest, TensorSpec left, int width) {
        List<Integer> shape =
                List.of(width, left.itemShape().get(1), left.itemShape().get(2));
        boolean second =
                manifest.outputs().stream().anyMatch(output -> output.name().equals("response_features_2"));
        return second
                ? output(manifest, "response_features_2", shape::equals)
                : Optional.of(left).filter(features -> features.itemShape().equals(shape));
    }

    private static Optional<TensorSpec> output(ModelManifest manifest, String name, Predicate<List<Integer>> fits) {
        return manifest.outputs().stream()
                .filter(output -> output.name().equals(name))
                .filter(output -> output.elementType() == ElementType.FLOAT32)
                .filter(output -> output.itemShape().size() == 3 && fits.test(output.itemShape()))
                .findFirst();
    }

    private static FloatBuffer part(float[] values, int index, int size) {
        return FloatBuffer.wrap(values, index * size, size);
    }

    /// @param maps **Shape:** (K, rows, columns)
    record Maps(TensorSpec maps) implements ClassResponses {
        @Override
        public int classes() {
            return maps.itemShape().getFirst();
        }

        @Override
        public List<ScalarMap> maps(ModelAnswer answer, int count) {
            int rows = maps.itemShape().get(1);
            int columns = maps.itemShape().get(2);
            float[] responses = answer.firstView(maps);
            return IntStream.range(0, count)
                    .mapToObj(i -> ScalarMap.of(rows, columns, part(responses, i, rows * columns)))
                    .toList();
        }
    }

    /// Of a bilinear network.
    ///
    /// @param forms **Shape:** (K, D, E)
    /// @param left **Shape:** (D, rows, columns)
    /// @param right **Shape:** (E, rows, columns); may be the left ones
    /// @param biases **Shape:** (K), shared by the positions; empty where they are to be left out
    record Factors(TensorSpec forms, TensorSpec left, TensorSpec right, Optional<TensorSpec> biases)
            implements ClassResponses {
        @Override
        public int classes() {
            return forms.itemShape().getFirst();
        }

        @Override
        public List<ScalarMap> maps(ModelAnswer answer, int count) {
            int rows = left.itemShape().get(1);
            int columns = left.itemShape().get(2);
            int size = forms.itemShape().get(1) * forms.itemShape().get(2);
            float[] all = answer.firstView(forms);
            FloatBuffer first = FloatBuffer.wrap(answer.firstView(left));
            FloatBuffer second = right.equals(left) ? first : FloatBuffer.wrap(answer.firstView(right));
            float[] added = biases.map(answer::firstView).orElseGet(() -> new float[classes()]);
            try (var response = BilinearResponse.of(first, second, rows * columns)) {
                return IntStream.range(0, count)
                        .mapToObj(i -> answer.finite("response " + i, response.shares(part(all, i, size), added[i])))
                        .map(shares -> new ScalarMap(rows, columns, shares))
                        .toList();
            }
        }
    }
}
