package dev.fovea.architectures.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.weights.WeightTensor;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Published files; the expected numbers were read from them by CPython's unpickler.
class RealCheckpointsTest {

    @Test
    void readsTheNamesAndShapesOfTFeat() {
        WeightFile file = WeightFile.open(SharedFiles.weights("tfeat-liberty.params"));

        assertThat(file.format()).isEqualTo("PyTorch legacy");
        assertThat(file.names())
                .containsExactly(
                        "descr.0.bias",
                        "descr.0.weight",
                        "features.1.bias",
                        "features.1.weight",
                        "features.4.bias",
                        "features.4.weight");
        assertThat(tensor(file, "features.4.weight").shape()).isEqualTo(Shape.of(64, 32, 6, 6));
        assertThat(file.notes()).isEmpty();
    }

    @Test
    void findsTheStateDictionaryOfATrainingProgram() {
        WeightFile file = WeightFile.open(SharedFiles.weights("HardTFeat.pth"));

        assertThat(file.names()).hasSize(9).contains("classifier.1.weight", "SIFT.pk.0.weight");
        assertThat(tensor(file, "SIFT.gx.0.weight").values()).containsExactly(-1, 0, 1);
        assertThat(file.notes()).containsExactly("tensors were taken from \"state_dict\"");
    }

    @Test
    void saysWhereTheNumbersCameFrom() {
        WeightFile file =
                WeightFile.open(SharedFiles.weights("HardTFeat.pth"), WeightFileOptions.DEFAULT.withLicence("MIT"));

        assertThat(file.origin().kind()).isEqualTo(Provenance.Kind.TRAINED);
        assertThat(file.origin().source()).isEqualTo("HardTFeat.pth");
        assertThat(file.origin().sha256()).contains("cd935728293309b666c20525696c8d323be5ffdac07b3340f4c1c1314e0b6542");
        assertThat(file.origin().licence()).isEqualTo("MIT");
    }

    @ParameterizedTest
    @CsvSource({
        "AffNet.pth, features.15.weight, 36864, -0.042128581553697586, 0.005930167157202959, -77.30490555059725",
        "AffNet.pth, features.19.bias, 3, -0.2514185309410095, 0.04750413820147514, -0.20153524167835712",
        "AffNet.pth, features.16.running_var, 64, 0.5448542833328247, 0.45038121938705444, 25.74582965672016",
        "OriNet.pth, features.0.weight, 144, 0.45545676350593567, 0.03511627018451691, 4.758739570527268",
        "OriNet.pth, features.19.weight, 8192, -0.012312332168221474, 0.011550230905413628, -0.11234833867115412",
        "HardTFeat.pth, classifier.1.weight, 524288, 0.018508216366171837, 0.027373379096388817, 18.285681661741307",
        "HardTFeat.pth, features.0.bias, 32, -0.1673387587070465, -0.14900270104408264, -4.786536472267471",
        "tfeat-liberty.params, descr.0.weight, 524288, 0.01503575686365366, -0.015139875933527946, -8.965502598052204",
        "tfeat-liberty.params, features.1.bias, 32, -0.4044623076915741, 0.039483413100242615, -9.578828079625964"
    })
    void readsTheNumbersThatCpythonReads(
            String name, String tensor, int elements, float first, float last, double sum) {
        float[] values =
                tensor(WeightFile.open(SharedFiles.weights(name)), tensor).values();

        assertThat(values).hasSize(elements).startsWith(first).endsWith(last);
        assertThat(sum(values)).isCloseTo(sum, within(1e-9));
    }

    @Test
    void opensAffNetAndOriNetWhole() {
        for (String name : List.of("AffNet.pth", "OriNet.pth")) {
            WeightFile file = WeightFile.open(SharedFiles.weights(name));

            assertThat(file.names()).hasSize(20);
            for (String tensor : file.names()) {
                assertThat(tensor(file, tensor).values())
                        .hasSize((int) tensor(file, tensor).shape().fixedElements())
                        .doesNotContain(Float.NaN);
            }
        }
    }

    @Test
    void givesTheSameNumbersForACheckpointAndItsOnnxTwin() {
        assertTwins(
                "tfeat-liberty.params",
                "tfeat-liberty.onnx",
                Map.of(
                        "features.1.weight",
                        "w1",
                        "features.1.bias",
                        "b1",
                        "features.4.weight",
                        "w2",
                        "features.4.bias",
                        "b2",
                        "descr.0.weight",
                        "wf",
                        "descr.0.bias",
                        "bf"));
        assertTwins(
                "HardTFeat.pth",
                "hardtfeat.onnx",
                Map.of(
                        "features.0.weight",
                        "w1",
                        "features.0.bias",
                        "b1",
                        "features.3.weight",
                        "w2",
                        "features.3.bias",
                        "b2",
                        "classifier.1.weight",
                        "wf",
                        "classifier.1.bias",
                        "bf"));
    }

    private static void assertTwins(String checkpoint, String onnx, Map<String, String> names) {
        WeightFile torch = WeightFile.open(SharedFiles.weights(checkpoint));
        WeightFile twin = WeightFile.open(SharedFiles.weights(onnx));
        assertThat(twin.format()).isEqualTo("ONNX");
        names.forEach((ours, theirs) -> assertThat(tensor(torch, ours).values())
                .isEqualTo(tensor(twin, theirs).values()));
    }

    private static WeightTensor tensor(WeightFile file, String name) {
        return file.find(name).orElseThrow();
    }

    private static double sum(float[] values) {
        double[] exact = new double[values.length];
        Arrays.setAll(exact, i -> values[i]);
        return Arrays.stream(exact).sum();
    }
}
