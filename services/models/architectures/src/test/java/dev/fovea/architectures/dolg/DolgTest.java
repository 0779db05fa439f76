package dev.fovea.architectures.dolg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ModelRun;
import dev.fovea.architectures.NotedWeights;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.dolg.Dolg.Variant;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.ImagePreprocessing;
import dev.fovea.repository.ImagePreprocessing.ChannelOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DolgTest {

    private static final Map<String, String> SMALL =
            Map.of("image_size", "64", "trunk", "resnet18", "hidden", "32", "output", "24", "scales", "1");

    @ParameterizedTest
    @EnumSource
    void anImageHasTheSameEmbeddingAloneAndInABatch(Variant variant) throws Exception {
        BuiltModel model = build(variant, Map.of());
        byte[][] images = {ModelRun.item(model, 0), ModelRun.item(model, 1), ModelRun.item(model, 2)};

        float[][] together = ModelRun.bytes(model, images);

        assertThat(together[0]).hasSize(24);
        assertThat(ModelRun.difference(together[0], together[1])).isGreaterThan(1e-3);
        for (int i = 0; i < images.length; i++) {
            assertThat(ModelRun.difference(ModelRun.bytes(model, images[i])[0], together[i]))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manifestSaysWhetherTheNormIsOne(Variant variant) throws Exception {
        for (String normalise : List.of("true", "false")) {
            BuiltModel model = build(variant, Map.of("normalise", normalise));

            double norm = ModelRun.norm(ModelRun.bytes(model, ModelRun.item(model, 0))[0]);

            assertThat(model.manifest().outputNormalization()).isEqualTo(normalise.equals("true") ? "l2" : "none");
            assertThat(Math.abs(norm - 1) < 1e-5).isEqualTo(normalise.equals("true"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfPrecisionKeepsTheDirection(Variant variant) throws Exception {
        BuiltModel full = build(variant, Map.of());
        ModelRequest request = request(Map.of());
        BuiltModel half = new ImageArchitecture(new Dolg(variant))
                .build(request.withForm(request.form().withPrecision(Precision.FLOAT16)));
        byte[] image = ModelRun.item(full, 1);

        assertThat(ModelRun.cosine(ModelRun.bytes(half, image)[0], ModelRun.bytes(full, image)[0]))
                .isGreaterThan(0.999);
    }

    @Test
    void severalScalesAreTheMeanOfTheirUnitVectors() throws Exception {
        byte[] image = ModelRun.item(build(Variant.SEED, Map.of()), 1);
        float[] small = embedding(image, Map.of("scales", "0.5", "normalise", "true"));
        float[] whole = embedding(image, Map.of("scales", "1", "normalise", "true"));

        float[] both = embedding(image, Map.of("scales", "0.5, 1"));

        float[] sum = new float[small.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = small[i] + whole[i];
        }
        assertThat(ModelRun.norm(both)).isCloseTo(1, within(1e-5));
        assertThat(ModelRun.cosine(both, sum)).isCloseTo(1, within(1e-6));
        assertThat(ModelRun.cosine(small, whole)).isLessThan(0.999);
    }

    @Test
    void severalScalesShareTheirWeights() {
        BuiltModel one = build(Variant.OFFICIAL, Map.of());
        BuiltModel three = build(Variant.OFFICIAL, Map.of("scales", "0.5,1,1.4142"));

        assertThat(three.toBytes().length).isLessThan(one.toBytes().length + 200_000);
        assertThat(three.manifest().outputNormalization()).isEqualTo("l2");
    }

    @Test
    void scalesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> build(Variant.SEED, Map.of("scales", "1,big")))
                .hasMessage("scales \"1,big\" must be 1 to 16 numbers above 0, at most 4.0");
        assertThatThrownBy(() -> build(Variant.SEED, Map.of("scales", "0")))
                .hasMessageStartingWith("scales \"0\" must be");
        assertThatThrownBy(() -> build(Variant.SEED, Map.of("scales", "0.25")))
                .hasMessage("scale 0.25 of 64 px is 16 px, outside 32 to 4096");
    }

    @Test
    void officialNamesAreThoseOfPycls() {
        var noted = new NotedWeights();
        architecture(Variant.OFFICIAL)
                .build(request(Map.of("multi_atrous", "true")).withWeights(noted));

        assertThat(noted.asked())
                .containsKeys(
                        "globalmodel.stem.conv.weight",
                        "globalmodel.stem.bn.running_mean",
                        "globalmodel.s1.b1.f.a.weight",
                        "globalmodel.s1.b2.f.b_bn.bias",
                        "globalmodel.s4.b1.proj.weight",
                        "globalmodel.s4.b1.bn.running_var",
                        "pool_g.p",
                        "fc_t.weight",
                        "localmodel.aspp.im_pool.1.weight",
                        "localmodel.aspp.aspp.3.bias",
                        "localmodel.aspp.conv_after.0.weight",
                        "localmodel.conv1.bias",
                        "localmodel.bn.weight",
                        "localmodel.conv2.weight",
                        "fc.bias");
        assertThat(noted.asked().keySet()).noneMatch(name -> name.contains("layer") || name.contains("cnn"));
    }

    @Test
    void classifiersOfTheTrainingAreLeft() {
        var noted = new NotedWeights();
        architecture(Variant.OFFICIAL).build(request(Map.of()).withWeights(noted));

        architecture(Variant.OFFICIAL)
                .build(request(Map.of())
                        .withWeights(noted.held().with("desc_cls.weight", 7, 24).with("desc_cls.t", 1)));
        assertThatThrownBy(() -> architecture(Variant.OFFICIAL)
                        .build(request(Map.of()).withWeights(noted.held().with("desc_clsx", 1))))
                .hasMessageContaining("1 unused");
    }

    @Test
    void seedNeedsNoStageBehindItsGlobalFeatures() {
        var noted = new NotedWeights();
        architecture(Variant.SEED).build(request(Map.of()).withWeights(noted));

        assertThat(noted.asked())
                .containsKeys(
                        "cnn.layer3.1.conv2.weight",
                        "local_branch.multi_atrous.dilated_convs.2.weight",
                        "local_branch.multi_atrous.dilated_convs.3.1.bias",
                        "local_branch.conv1x1_3.weight",
                        "fc_1.weight",
                        "fc_2.bias")
                .doesNotContainKey("local_branch.conv1x1_2.bias");
        assertThat(noted.asked().keySet()).noneMatch(name -> name.startsWith("cnn.layer4"));
    }

    @Test
    void officialImagesAreBlueFirst() {
        var preprocessing = (ImagePreprocessing)
                build(Variant.OFFICIAL, Map.of()).manifest().preprocessing();

        assertThat(preprocessing.channels()).isEqualTo(ChannelOrder.BGR);
        assertThat(preprocessing.normalization().mean()).containsExactly(0.406, 0.456, 0.485);
        assertThat(preprocessing.normalization().std()).containsExactly(0.225, 0.224, 0.229);
        assertThat(((ImagePreprocessing)
                                build(Variant.SEED, Map.of()).manifest().preprocessing())
                        .channels())
                .isEqualTo(ChannelOrder.RGB);
    }

    private static float[] embedding(byte[] image, Map<String, String> options) throws Exception {
        return ModelRun.bytes(build(Variant.SEED, options), image)[0];
    }

    private static BuiltModel build(Variant variant, Map<String, String> options) {
        return architecture(variant).build(request(options));
    }

    private static ImageArchitecture architecture(Variant variant) {
        return new ImageArchitecture(new Dolg(variant));
    }

    private static ModelRequest request(Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(SMALL);
        all.putAll(options);
        return ModelRequest.defaults("dolg", ElementType.UINT8).withOptions(all).withWeights(new SeededWeights(""));
    }
}
