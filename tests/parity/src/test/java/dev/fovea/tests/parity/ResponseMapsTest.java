package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.imaging.explain.BilinearResponse;
import dev.fovea.repository.ModelManifest;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole bilinear networks: what the positions give to a score is the score, when a service multiplies the factors
/// that the model gives.
class ResponseMapsTest {

    private static final int CLASSES = 10;
    private static final int BEST = 3;

    /// Of the largest score: what float32 leaves of some hundred thousand products.
    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path repository = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "bcnn-vgg16, none, fc.bias",
        "bcnn-resnet18, none, classifiers.0.bias",
        "bcnn-two-stream, none, fc.bias",
        "bcnn, mobilenetv2, fc.bias"
    })
    void sharesOfAllPositionsSumToTheScoreLessItsBias(String name, String second, String bias) throws Exception {
        var weights = new SeededWeights("");
        float[] biases = weights.find(bias, CLASSES).orElseThrow().values();
        try (ServedModel model = ServedModel.load(Architectures.named(name).build(request(name, second)), repository)) {
            List<Integer> shape = model.manifest().inputs().getFirst().itemShape();
            List<byte[]> images = List.of(SmallNetworks.item(0, shape), SmallNetworks.item(1, shape));

            int places = places(model.manifest());

            Map<String, List<float[]>> answers = model.runBytes(images);

            for (int image = 0; image < images.size(); image++) {
                float[] logits = named(answers, "logits").get(image);
                float[] classes = named(answers, "response_classes").get(image);
                assertThat(classes).hasSize(BEST);
                for (int rank = 0; rank < classes.length; rank++) {
                    int best = (int) classes[rank];
                    assertThat(sum(shares(answers, image, rank, places)))
                            .isCloseTo(logits[best] - biases[best], within(TOLERANCE * largest(logits)));
                }
                assertThat(logits[(int) classes[0]]).isEqualTo(max(logits));
            }
        }
    }

    private static ModelRequest request(String name, String second) {
        Architecture architecture = Architectures.named(name);
        ModelRequest small = SmallNetworks.request(architecture);
        Map<String, String> options = new TreeMap<>(small.options());
        options.put("explanations", "true");
        if (options.containsKey("trunk")) {
            options.put("trunk2", second);
        }
        return small.withOptions(options).withWeights(new SeededWeights(""));
    }

    private static List<float[]> named(Map<String, List<float[]>> answers, String name) {
        return new ArrayList<>(answers.getOrDefault(name, List.of()));
    }

    private static int places(ModelManifest manifest) {
        return manifest.outputs().stream()
                .filter(output -> output.name().equals("response_features"))
                .mapToInt(
                        output -> output.itemShape().get(1) * output.itemShape().get(2))
                .findFirst()
                .orElseThrow();
    }

    /// Of each position in the score of the class of a rank.
    private static float[] shares(Map<String, List<float[]>> answers, int image, int rank, int places) {
        float[] forms = named(answers, "response_forms").get(image);
        FloatBuffer left = FloatBuffer.wrap(named(answers, "response_features").get(image));
        List<float[]> second = named(answers, "response_features_2");
        FloatBuffer right = second.isEmpty() ? left : FloatBuffer.wrap(second.get(image));
        int size = forms.length / BEST;
        try (var response = BilinearResponse.of(left, right, places)) {
            return response.shares(FloatBuffer.wrap(forms, rank * size, size), 0);
        }
    }

    private static double sum(float... shares) {
        double sum = 0;
        for (float share : shares) {
            sum += share;
        }
        return sum;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float max(float[] values) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
