package dev.fovea.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.architectures.Architecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ServingForm;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every architecture in the registry; a new one is covered by being registered.
class NetworkContractTest {

    /// Of the largest value of an output. Convolutions choose another algorithm for another batch.
    private static final double BATCH_TOLERANCE = 1e-5;

    private static final int IMAGES = 4;

    @TempDir
    private Path repository = Path.of("");

    static List<String> architectures() {
        return SmallNetworks.all().stream().map(Architecture::name).toList();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void anImageHasTheSameAnswerAloneInABatchAndPadded(String name) throws Exception {
        ModelRequest request = SmallNetworks.request(named(name))
                .withWeights(new SeededWeights(""))
                .withForm(ServingForm.DEFAULT.withBuckets(List.of(1, 2, 4)));
        try (ServedModel model = ServedModel.load(named(name).build(request), repository)) {
            List<Integer> shape = model.manifest().inputs().getFirst().itemShape();
            List<byte[]> items = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                items.add(SmallNetworks.item(i, shape));
            }
            Map<String, List<float[]>> together = model.runBytes(items);

            for (int i = 0; i < IMAGES; i++) {
                compare(model.runBytes(List.of(items.get(i))), together, i, "alone");
            }
            compare(model.runBytes(items.subList(1, 4)), together, 1, "in a batch of three, padded to four");
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyWeightIsReadExactlyOnce(String name) {
        var counted = new CountedWeights(new SeededWeights(""));

        named(name).build(SmallNetworks.request(named(name)).withWeights(counted));

        assertThat(counted.reads().values()).as("reads of %s", counted.reads()).allMatch(reads -> reads == 1);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void exactlyItsWeightsAreAcceptedAndOneMoreIsRefused(String name) {
        var counted = new CountedWeights(new SeededWeights(""));
        named(name).build(SmallNetworks.request(named(name)).withWeights(counted));

        named(name).build(SmallNetworks.request(named(name)).withWeights(counted.held()));

        assertThatThrownBy(() -> named(name)
                        .build(SmallNetworks.request(named(name))
                                .withWeights(counted.held().with("left.over.weight", 3))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("unused")
                .hasMessageContaining("left.over.weight");
    }

    private static Architecture named(String name) {
        return SmallNetworks.all().stream()
                .filter(architecture -> architecture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// @param first index in `together` of the first row of `few`
    private static void compare(
            Map<String, List<float[]>> few, Map<String, List<float[]>> together, int first, String how) {
        few.forEach((output, rows) -> {
            double largest = 0;
            double worst = 0;
            for (int row = 0; row < rows.size(); row++) {
                float[] expected = together.getOrDefault(output, List.of()).get(first + row);
                float[] actual = rows.get(row);
                for (int i = 0; i < expected.length; i++) {
                    largest = Math.max(largest, Math.abs(expected[i]));
                    worst = Math.max(worst, Math.abs((double) actual[i] - expected[i])); // NaN stays
                }
            }
            assertThat(largest).as("output %s is not all zeros", output).isPositive();
            assertThat(worst / largest)
                    .as("output %s, image %d %s", output, first, how)
                    .isLessThan(BATCH_TOLERANCE);
        });
    }
}
