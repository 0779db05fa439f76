package dev.fovea.architectures.bilinearcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.NetworkOutput;
import dev.fovea.architectures.NotedWeights;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.LayerRun;
import dev.fovea.architectures.trunk.AskedWeights;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.GraphCost;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ModelManifest;
import dev.fovea.repository.ResizeRule;
import dev.fovea.repository.TensorSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BilinearCnnTest {

    private static final int SIDE = 64;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private static BuiltModel build(Preset preset, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("image_size", String.valueOf(SIDE), "classes", "3"));
        all.putAll(options);
        return new ImageArchitecture(new BilinearCnn(preset))
                .build(ModelRequest.defaults("birds", ElementType.UINT8)
                        .withOptions(all)
                        .withWeights(new SeededWeights("")));
    }

    private static float[] logits(Preset preset, Precision precision, float... images) throws Exception {
        var network = new BilinearCnn(preset);
        var options = new OptionValues(new ImageArchitecture(network).options(), Map.of("classes", "3"));
        WeightScope weights = WeightScope.of(new SeededWeights(""));
        return LayerRun.run(
                x -> network.apply(x, weights, options, precision).getFirst().value(),
                images,
                images.length / PIXELS,
                3,
                SIDE,
                SIDE);
    }

    @ParameterizedTest
    @EnumSource
    void everyPresetGivesOneScorePerClass(Preset preset) {
        ModelManifest manifest = build(preset, Map.of()).manifest();

        assertThat(manifest.outputs()).extracting(TensorSpec::name).containsExactly("logits");
        assertThat(manifest.outputs().getFirst().itemShape()).containsExactly(3);
        assertThat(manifest.outputNormalization()).isEqualTo("none");
        assertThat(manifest.architecture()).isEqualTo(preset.toString());
    }

    @Test
    void imagesAreCutFromTheCentreAndNormalisedAsForImageNet() {
        var preprocessing = new BilinearCnn(Preset.VGG16).preprocessing(448, new OptionValues(List.of(), Map.of()));

        assertThat(preprocessing.resize()).isEqualTo(new ResizeRule.CropCentre(448));
        assertThat(preprocessing.normalization().mean()).containsExactly(0.485, 0.456, 0.406);
        assertThat(preprocessing.normalization().std()).containsExactly(0.229, 0.224, 0.225);
    }

    @ParameterizedTest
    @CsvSource({
        "VGG16, features.28.weight, fc.weight",
        "RESNET18, features.7.1.bn2.weight, classifiers.0.weight",
        "TWO_STREAM, a.28.weight, fc.bias",
        "TWO_STREAM, b.layer4.1.conv2.weight, fc.weight",
        "ANY, layer4.2.conv2.weight, fc.weight"
    })
    void presetsAskForTheNamesOfTheirPublishedWeights(Preset preset, String trunkTensor, String classifierTensor) {
        var network = new BilinearCnn(preset);
        var options = new OptionValues(new ImageArchitecture(network).options(), Map.of("classes", "3"));
        var weights = new AskedWeights();

        LayerRun.shape(x -> answer(network, x, WeightScope.of(weights), options).value(), 1, 3, SIDE, SIDE);

        assertThat(weights.asked()).containsKeys(trunkTensor, classifierTensor);
    }

    @Test
    void factorsOfTheBestClassesResponsesAreGivenOnRequest() {
        BuiltModel one = build(Preset.ANY, Map.of("trunk", "mobilenetv2", "explanations", "true"));
        BuiltModel two = build(Preset.TWO_STREAM, Map.of("explanations", "true"));

        assertThat(one.manifest().explanations())
                .extracting(TensorSpec::name, TensorSpec::itemShape)
                .containsExactly(
                        tuple("response_forms", List.of(3, 1280, 1280)),
                        tuple("response_classes", List.of(3)),
                        tuple("response_features", List.of(1280, 2, 2)));
        assertThat(one.manifest().parameters())
                .containsEntry("explains", "response_forms,response_classes,response_features");
        assertThat(two.manifest().explanations())
                .extracting(TensorSpec::name, TensorSpec::itemShape)
                .containsExactly(
                        tuple("response_forms", List.of(3, 512, 512)),
                        tuple("response_classes", List.of(3)),
                        tuple("response_features", List.of(512, 2, 2)),
                        tuple("response_features_2", List.of(512, 2, 2)));
        assertThat(build(Preset.ANY, Map.of()).manifest().parameters()).doesNotContainKey("explains");
    }

    @Test
    void anyTwoTrunksOfEqualSizeMultiply() {
        BuiltModel model = build(Preset.ANY, Map.of("trunk", "resnet18", "trunk2", "mobilenetv2"));

        assertThat(model.manifest().parameters()).containsEntry("trunk2", "mobilenetv2");
        assertThatThrownBy(() -> build(Preset.ANY, Map.of("trunk", "vgg16", "trunk2", "resnet18")))
                .hasMessage("bilinear pooling pairs maps of one size, found 4 x 4 and 2 x 2 positions");
    }

    @Test
    void anImageHasTheSameScoresAloneAndInABatch() throws Exception {
        float[] images = images(3);
        float[] together = logits(Preset.RESNET18, Precision.FLOAT32, images);

        for (int i = 0; i < 3; i++) {
            float[] alone = logits(
                    Preset.RESNET18, Precision.FLOAT32, Arrays.copyOfRange(images, i * PIXELS, (i + 1) * PIXELS));

            assertThat(alone).containsExactly(Arrays.copyOfRange(together, i * 3, i * 3 + 3), within(1e-5f));
        }
    }

    @Test
    void halfPrecisionOfTheTrunkHardlyChangesTheScores() throws Exception {
        float[] image = images(1);
        float[] full = logits(Preset.RESNET18, Precision.FLOAT32, image);
        float[] half = logits(Preset.RESNET18, Precision.FLOAT16, image);

        assertThat(half).isNotEqualTo(full).containsExactly(full, within(0.01f));
    }

    @Test
    void wrongOptionsAreQuotedWithWhatIsAllowed() {
        assertThatThrownBy(() -> build(Preset.ANY, Map.of("trunk", "alexnet")))
                .hasMessageStartingWith("no trunk \"alexnet\"; there is [resnet18,");
        assertThatThrownBy(() -> build(Preset.VGG16, Map.of("eps", "-1"))).hasMessage("eps -1.0 is outside 0 to 1");
        assertThatThrownBy(() -> build(Preset.VGG16, Map.of("trunk", "resnet18")))
                .hasMessageStartingWith("no option \"trunk\"; there is [classes, eps, explanations, image_size]");
    }

    @Test
    void aClassifierThatNoFileHoldsIsRefusedBeforeItIsMade() {
        assertThatThrownBy(() -> build(Preset.ANY, Map.of("trunk", "resnet50", "classes", "200")))
                .hasMessage("a classifier of 4194304 x 200 = 838860800 numbers is above the 536870911 of a 2 GiB file;"
                        + " take fewer classes or a trunk with fewer channels (vgg16, resnet18, resnet34)");
    }

    @Test
    void theClassifierOfATrunksOwnTrainingIsLeft() {
        var noted = new NotedWeights();
        var request = ModelRequest.defaults("birds", ElementType.UINT8)
                .withOptions(Map.of("image_size", String.valueOf(SIDE), "classes", "3"));
        var network = new ImageArchitecture(new BilinearCnn(Preset.VGG16));
        BuiltModel model = network.build(request.withWeights(noted));

        BuiltModel again = network.build(request.withWeights(noted.held().with("classifier.6.weight", 10, 4)));

        assertThat(GraphCost.of(again.graph())).isEqualTo(GraphCost.of(model.graph()));
    }

    @Test
    void answerComesFirst() {
        var network = new BilinearCnn(Preset.ANY);
        var options = new OptionValues(
                new ImageArchitecture(network).options(), Map.of("explanations", "true", "classes", "7"));
        Shape first = LayerRun.shape(
                x -> answer(network, x, WeightScope.of(new AskedWeights()), options)
                        .value(),
                1,
                3,
                SIDE,
                SIDE);

        assertThat(first).isEqualTo(Shape.batchOf(7));
    }

    private static NetworkOutput answer(BilinearCnn network, Value x, WeightScope weights, OptionValues options) {
        return network.apply(x, weights, options, Precision.FLOAT32).getFirst();
    }

    /// Gratings of another direction in every image, about zero mean and unit variance.
    private static float[] images(int count) {
        float[] pixels = new float[count * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            int image = i / PIXELS;
            int channel = i / (SIDE * SIDE);
            int x = i % SIDE;
            int y = i / SIDE % SIDE;
            pixels[i] = (float) (1.4 * Math.sin(0.3 * x + 0.2 * (image - 1) * y + channel));
        }
        return pixels;
    }
}
