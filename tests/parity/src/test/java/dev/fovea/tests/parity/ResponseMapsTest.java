package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.registry.Architectures;
import dev.fovea.architectures.weights.SeededWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole bilinear networks: what the positions give to a score is the score.
class ResponseMapsTest {

    private static final int CLASSES = 10;

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

            Map<String, List<float[]>> answers = model.runBytes(images);

            for (int image = 0; image < images.size(); image++) {
                float[] logits = named(answers, "logits").get(image);
                float[] classes = named(answers, "response_classes").get(image);
                float[] maps = named(answers, "response_maps").get(image);
                assertThat(classes).hasSize(3);
                for (int rank = 0; rank < classes.length; rank++) {
                    int best = (int) classes[rank];
                    assertThat(sum(maps, rank, classes.length))
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

    private static double sum(float[] maps, int rank, int ranks) {
        int places = maps.length / ranks;
        double sum = 0;
        for (int p = 0; p < places; p++) {
            sum += maps[rank * places + p];
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
