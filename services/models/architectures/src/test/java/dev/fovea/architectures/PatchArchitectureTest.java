package dev.fovea.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.hardnet.HardNet;
import dev.fovea.architectures.tfeat.TFeat;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ManifestJson;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.PatchPreprocessing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatchArchitectureTest {

    static List<PatchArchitecture> architectures() {
        return List.of(
                new PatchArchitecture(HardNet.hardNet()),
                new PatchArchitecture(HardNet.hardNet8()),
                new PatchArchitecture(new TFeat(TFeat.Training.TRIPLET)),
                new PatchArchitecture(new TFeat(TFeat.Training.HARDEST)));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aPatchHasTheSameDescriptorAloneInABatchAndAsFloats(PatchArchitecture architecture) throws Exception {
        BuiltModel model = architecture.build(request(architecture, ElementType.UINT8));
        BuiltModel ofFloats = architecture.build(request(architecture, ElementType.FLOAT32));
        byte[][] patches = {ModelRun.item(model, 0), ModelRun.item(model, 1), ModelRun.item(model, 2)};

        float[][] together = ModelRun.bytes(model, patches);

        assertThat(together[0]).hasSize(128);
        assertThat(ModelRun.difference(together[0], together[1])).isGreaterThan(1e-3);
        for (int i = 0; i < patches.length; i++) {
            assertThat(ModelRun.difference(ModelRun.bytes(model, patches[i])[0], together[i]))
                    .isLessThan(1e-5);
            assertThat(ModelRun.difference(ModelRun.floats(ofFloats, unit(patches[i]))[0], together[i]))
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void flatPatchesHaveFiniteDescriptorsWhateverTheirGrey(PatchArchitecture architecture) throws Exception {
        BuiltModel model = architecture.build(request(architecture, ElementType.UINT8));
        byte[] grey = new byte[32 * 32];
        Arrays.fill(grey, (byte) 77);

        float[][] descriptors = ModelRun.bytes(model, new byte[32 * 32], grey);

        assertThat(descriptors[1]).isEqualTo(descriptors[0]).doesNotContain(Float.NaN);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void halfPrecisionKeepsTheDirection(PatchArchitecture architecture) throws Exception {
        ModelRequest request = request(architecture, ElementType.UINT8);
        BuiltModel full = architecture.build(request);
        BuiltModel half = architecture.build(request.withForm(request.form().withPrecision(Precision.FLOAT16)));
        byte[] patch = ModelRun.item(full, 1);

        float[] expected = ModelRun.bytes(full, patch)[0];
        float[] actual = ModelRun.bytes(half, patch)[0];

        assertThat(ModelRun.cosine(actual, expected)).isGreaterThan(0.999);
        assertThat(actual).isNotEqualTo(expected);
        assertThat(half.toBytes().length).isLessThan(full.toBytes().length * 2 / 3);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void manifestSaysWhetherTheNormIsOne(PatchArchitecture architecture) throws Exception {
        for (String normalise : List.of("true", "false")) {
            BuiltModel model = architecture.build(request(architecture, ElementType.UINT8)
                    .withOptions(Map.of(PatchArchitecture.NORMALISE, normalise, PatchArchitecture.PCA, "0")));
            ModelManifest manifest = model.manifest();

            double norm = ModelRun.norm(ModelRun.bytes(model, ModelRun.item(model, 3))[0]);

            assertThat(manifest.outputNormalization()).isEqualTo(normalise.equals("true") ? "l2" : "none");
            assertThat(Math.abs(norm - 1) < 1e-5).isEqualTo(normalise.equals("true"));
            assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void anyDescriptorIsCompressedWithMeanAndComponentsOfTheWeights(PatchArchitecture architecture) throws Exception {
        var noted = new NotedWeights();
        BuiltModel model = architecture.build(request(architecture, ElementType.UINT8)
                .withOptions(Map.of(PatchArchitecture.PCA, "16"))
                .withWeights(noted));

        float[] descriptor = ModelRun.bytes(model, ModelRun.item(model, 1))[0];

        assertThat(descriptor).hasSize(16);
        assertThat(ModelRun.norm(descriptor)).isCloseTo(1, within(1e-5));
        assertThat(model.manifest().outputNormalization()).isEqualTo("l2");
        assertThat(noted.asked()).containsKey("mean").hasEntrySatisfying("components", shape -> assertThat(
                        shape.size(1))
                .isEqualTo(16));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void missingAndUnusedTensorsAreListed(PatchArchitecture architecture) {
        var noted = new NotedWeights();
        ModelRequest request = request(architecture, ElementType.UINT8).withWeights(noted);
        architecture.build(request);
        String first = noted.asked().keySet().iterator().next();

        architecture.build(request.withWeights(noted.held()));

        assertThatThrownBy(() -> architecture.build(
                        request.withWeights(noted.held().without(first).with("left.over", 3))))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("1 missing")
                .hasMessageContaining("1 unused")
                .hasMessageContaining(first)
                .hasMessageContaining("left.over");
    }

    @Test
    void compressionOfThePublishedWeightsCanBeLeft() {
        var architecture = new PatchArchitecture(HardNet.hardNet8());
        var noted = new NotedWeights();
        ModelRequest request = request(architecture, ElementType.UINT8);
        architecture.build(request.withWeights(noted));

        ModelManifest manifest = architecture
                .build(request.withWeights(noted.held()).withOptions(Map.of(PatchArchitecture.PCA, "0")))
                .manifest();

        assertThat(noted.asked()).containsKeys("mean", "components", "features.22.weight", "features.23.running_mean");
        assertThat(noted.asked()).doesNotContainKey("features.23.weight");
        assertThat(manifest.outputs().getFirst().itemShape()).isEqualTo(List.of(512));
    }

    @Test
    void magnificationIsThatOfTheTrainingPatchesUnlessAskedOtherwise() {
        var hardNet = new PatchArchitecture(HardNet.hardNet());
        ModelRequest request = request(hardNet, ElementType.UINT8);

        assertThat(hardNet.build(request).manifest().preprocessing()).isEqualTo(new PatchPreprocessing(32, 12));
        assertThat(hardNet.build(request.withOptions(Map.of("magnification", "10")))
                        .manifest()
                        .preprocessing())
                .isEqualTo(new PatchPreprocessing(32, 10));
        assertThatThrownBy(() -> hardNet.build(request.withOptions(Map.of("magnification", "0"))))
                .hasMessage("magnification 0.0 is outside (0, 64.0]");
    }

    @Test
    void hardTFeatLeavesTheDescriptorThatWasSavedBesideIt() {
        var architecture = new PatchArchitecture(new TFeat(TFeat.Training.HARDEST));
        var noted = new NotedWeights();
        ModelRequest request = request(architecture, ElementType.UINT8);
        architecture.build(request.withWeights(noted));

        architecture.build(request.withWeights(noted.held().with("SIFT.gx.0.weight", 1, 1, 1, 3)));

        assertThat(noted.asked())
                .containsOnlyKeys(
                        "features.0.weight",
                        "features.0.bias",
                        "features.3.weight",
                        "features.3.bias",
                        "classifier.1.weight",
                        "classifier.1.bias");
    }

    private static ModelRequest request(PatchArchitecture architecture, ElementType input) {
        return ModelRequest.defaults(architecture.name(), input).withWeights(new SeededWeights(""));
    }

    private static float[] unit(byte[] patch) {
        float[] floats = new float[patch.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (patch[i] & 0xFF) / 255f;
        }
        return floats;
    }
}
