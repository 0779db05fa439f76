package dev.fovea.architectures.s3n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ModelRun;
import dev.fovea.architectures.NotedWeights;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3nTest {

    private static final Map<String, String> SMALL = Map.of("image_size", "96", "trunk", "resnet18", "classes", "12");

    private final ImageArchitecture s3n = new ImageArchitecture(S3n.ofAnyTrunk());

    @ParameterizedTest
    @EnumSource
    void graphHasNoControlFlowAndNoShapeThatDependsOnAnImage(Sampling sampling) throws Exception {
        BuiltModel model = build(Map.of("sampling", sampling.toString(), "explanations", "all"));
        ModelProto file = ModelProto.parseFrom(model.toBytes());

        assertThat(file.getGraph().getNodeList())
                .extracting(NodeProto::getOpType)
                .contains("GridSample", "TopK")
                .doesNotContain("If", "Loop", "Scan", "NonZero", "Compress", "Unique", "Shape");
        assertThat(file.getGraph().getOutputList()).allSatisfy(output -> {
            var dims = output.getType().getTensorType().getShape().getDimList();
            assertThat(dims.getFirst().getDimParam()).isEqualTo("N");
            assertThat(dims.subList(1, dims.size()))
                    .allSatisfy(dim -> assertThat(dim.getDimValue()).isPositive());
        });
    }

    @ParameterizedTest
    @EnumSource
    void anImageHasTheSameScoresAloneAndInABatch(Sampling sampling) throws Exception {
        BuiltModel model = build(Map.of("sampling", sampling.toString()));
        byte[][] images = {ModelRun.item(model, 0), ModelRun.item(model, 1), ModelRun.item(model, 2)};

        float[][] together = ModelRun.bytes(model, images);

        assertThat(ModelRun.difference(together[0], together[1])).isGreaterThan(1e-3);
        for (int i = 0; i < images.length; i++) {
            assertThat(ModelRun.difference(ModelRun.bytes(model, images[i])[0], together[i]))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void samplingModesSeeDifferentImages() throws Exception {
        float[] all = logits(Map.of("sampling", "all"));
        float[] extreme = logits(Map.of("sampling", "extreme"));
        float[] random = logits(Map.of("sampling", "random"));

        assertThat(ModelRun.difference(all, extreme)).isGreaterThan(1e-4);
        assertThat(ModelRun.difference(all, random)).isGreaterThan(1e-4);
        assertThat(logits(Map.of("sampling", "random"))).isEqualTo(random);
    }

    @Test
    void alignmentOfCornersChangesWhatIsRead() throws Exception {
        assertThat(ModelRun.difference(logits(Map.of()), logits(Map.of("align_corners", "false"))))
                .isGreaterThan(1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fewerThanFiveClassesHaveFiniteScores(int classes) throws Exception {
        float[] logits = logits(Map.of("classes", String.valueOf(classes)));

        assertThat(logits).hasSize(classes);
        for (float logit : logits) {
            assertThat(logit).isFinite();
        }
    }

    @Test
    void halfPrecisionNamesTheSameBestClass() throws Exception {
        BuiltModel whole = build(Map.of());
        ModelRequest request = request(Map.of());
        BuiltModel half = s3n.build(request.withForm(request.form().withPrecision(Precision.FLOAT16)));
        byte[] image = ModelRun.item(whole, 1);

        float[] exact = ModelRun.bytes(whole, image)[0];
        float[] rounded = ModelRun.bytes(half, image)[0];

        assertThat(best(rounded)).isEqualTo(best(exact));
        assertThat(ModelRun.cosine(rounded, exact)).isGreaterThan(0.999);
    }

    @Test
    void explanationsAreOutputsThatCanBeLeftOut() {
        assertThat(build(Map.of("explanations", "false")).manifest().outputs())
                .extracting(TensorSpec::name)
                .containsExactly("logits", "origin", "discriminative", "complementary", "gate");
        assertThat(build(Map.of()).manifest().parameters())
                .containsEntry("explains", "decision_map,peaks,zoom_map,complement_map,zoomed,complement");
        assertThat(build(Map.of("explanations", "all")).manifest().outputs())
                .extracting(TensorSpec::name)
                .contains("response_maps", "grid_zoom", "grid_complement");
    }

    @Test
    void randomNumbersAreASecondInputOnlyWhereAskedFor() {
        assertThat(build(Map.of("sampling", "random")).manifest().inputs()).hasSize(1);
        assertThat(build(Map.of("random_input", "true")).manifest().inputs()).hasSize(1);
        assertThat(build(Map.of("sampling", "random", "random_input", "true"))
                        .manifest()
                        .inputs())
                .extracting(TensorSpec::name, TensorSpec::itemShape)
                .containsExactly(tuple("images", List.of(96, 96, 3)), tuple("random", List.of(31, 31)));
    }

    @Test
    void asksForThePublishedNames() {
        var weights = new NotedWeights();

        s3n.build(request(Map.of()).withWeights(weights));

        assertThat(weights.asked().keySet())
                .contains(
                        "features.0.weight",
                        "features.7.1.bn2.running_var",
                        "raw_classifier.weight",
                        "sampler_buffer.0.weight",
                        "sampler_buffer.1.running_mean",
                        "sampler_buffer1.1.bias",
                        "sampler_classifier1.bias",
                        "con_classifier.weight")
                .doesNotContain("sampler_buffer.0.bias");
        assertThat(weights.asked().get("con_classifier.weight")).hasToString("(12, 1536)");
    }

    @Test
    void quotesWhatIsOutOfRange() {
        assertThatThrownBy(() -> build(Map.of("radius", "-1"))).hasMessage("radius -1.0 is not above 0, up to 10");
        assertThatThrownBy(() -> build(Map.of("trunk", "vgg16")))
                .hasMessageStartingWith("trunk = \"vgg16\" is not acceptable");
        assertThat(S3n.of(ResNet.Variant.RESNET50).name()).isEqualTo("s3n-resnet50");
    }

    private float[] logits(Map<String, String> options) throws Exception {
        BuiltModel model = build(options);
        return ModelRun.bytes(model, ModelRun.item(model, 1))[0];
    }

    private BuiltModel build(Map<String, String> options) {
        return s3n.build(request(options));
    }

    private static ModelRequest request(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(SMALL);
        all.putAll(options);
        return ModelRequest.defaults("s3n", ElementType.UINT8).withOptions(all).withWeights(new SeededWeights(""));
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
