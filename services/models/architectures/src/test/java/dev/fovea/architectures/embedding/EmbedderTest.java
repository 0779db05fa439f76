package dev.fovea.architectures.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ModelRun;
import dev.fovea.architectures.NotedWeights;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.repository.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbedderTest {

    private static final Map<String, String> SMALL = Map.of("image_size", "64", "trunk", "resnet18");

    static List<Embedder> embedders() {
        return List.of(Embedder.gem(), Embedder.spoc(), Embedder.rmac(), Embedder.pooled(), Embedder.netVlad());
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void anImageHasTheSameUnitEmbeddingAloneAndInABatch(Embedder embedder) throws Exception {
        BuiltModel model = build(embedder, Map.of());
        byte[][] images = {ModelRun.item(model, 0), ModelRun.item(model, 1), ModelRun.item(model, 2)};

        float[][] together = ModelRun.bytes(model, images);

        assertThat(together[0]).hasSize(embedder.pooling() == Pooling.NETVLAD ? 64 * 512 : 512);
        assertThat(ModelRun.difference(together[0], together[1])).isGreaterThan(1e-3);
        for (int i = 0; i < images.length; i++) {
            assertThat(ModelRun.norm(together[i])).isCloseTo(1, within(1e-5));
            assertThat(ModelRun.difference(ModelRun.bytes(model, images[i])[0], together[i]))
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void halfPrecisionKeepsTheDirection(Embedder embedder) throws Exception {
        ModelRequest request = request(Map.of());
        var architecture = new ImageArchitecture(embedder);
        BuiltModel full = architecture.build(request);
        BuiltModel half = architecture.build(request.withForm(request.form().withPrecision(Precision.FLOAT16)));
        byte[] image = ModelRun.item(full, 1);

        assertThat(ModelRun.cosine(ModelRun.bytes(half, image)[0], ModelRun.bytes(full, image)[0]))
                .isGreaterThan(0.999);
    }

    @ParameterizedTest
    @MethodSource("embedders")
    void whiteningSetsTheDimensionAndNormIsAsTheManifestSays(Embedder embedder) throws Exception {
        for (String normalise : List.of("true", "false")) {
            BuiltModel model = build(embedder, Map.of("whiten", "20", "normalise", normalise));

            float[] embedding = ModelRun.bytes(model, ModelRun.item(model, 1))[0];

            assertThat(embedding).hasSize(20);
            assertThat(model.manifest().outputNormalization()).isEqualTo(normalise.equals("true") ? "l2" : "none");
            assertThat(Math.abs(ModelRun.norm(embedding) - 1) < 1e-5).isEqualTo(normalise.equals("true"));
        }
    }

    @Test
    void anyStageOfTheTrunkIsPooled() {
        assertThat(dimension(Map.of("stage", "3"))).isEqualTo(128);
        assertThat(dimension(Map.of("stage", "0"))).isEqualTo(512);
        assertThatThrownBy(() -> dimension(Map.of("stage", "6"))).hasMessage("stage 6 is outside 0 to 5");
    }

    @Test
    void trunkIsNamedInAnyOfThreeWays() {
        assertThat(asked(Embedder.gem(), Map.of())).contains("features.layer1.0.conv1.weight");
        assertThat(asked(Embedder.gem(), Map.of("naming", "sequential"))).contains("features.4.0.conv1.weight");
        assertThat(asked(Embedder.gem(), Map.of("naming", "torchvision"))).contains("layer1.0.conv1.weight");
        assertThat(asked(Embedder.netVlad(), Map.of("trunk", "vgg16")))
                .contains("encoder.28.weight", "pool.conv.weight", "pool.conv.bias", "pool.centroids");
    }

    @Test
    void torchvisionCheckpointServesAsItIs() {
        var noted = new NotedWeights();
        var architecture = new ImageArchitecture(Embedder.gem());
        ModelRequest request = request(Map.of("naming", "torchvision"));
        architecture.build(request.withWeights(noted));

        architecture.build(
                request.withWeights(noted.held().with("fc.weight", 1000, 512).with("fc.bias", 1000)));

        assertThat(noted.asked().keySet()).noneMatch(name -> name.startsWith("fc") || name.startsWith("features"));
    }

    @Test
    void exponentIsANumberOrLearnt() throws Exception {
        assertThat(asked(Embedder.gem(), Map.of("p", "learnt"))).contains("pool.p");
        assertThat(asked(Embedder.gem(), Map.of())).noneMatch(name -> name.startsWith("pool"));
        byte[] image = ModelRun.item(build(Embedder.gem(), Map.of()), 1);
        float[] mean = ModelRun.bytes(build(Embedder.spoc(), Map.of()), image)[0];

        float[] one = ModelRun.bytes(build(Embedder.gem(), Map.of("p", "1")), image)[0];

        assertThat(ModelRun.difference(one, mean)).isLessThan(1e-4);
        assertThatThrownBy(() -> build(Embedder.gem(), Map.of("p", "-1"))).hasMessageContaining("p -1.0");
    }

    @Test
    void netVladOfPytorchNetVladHasNeitherBiasNorLastRelu() throws Exception {
        Map<String, String> options = Map.of("trunk", "vgg16", "assignment_bias", "false", "clusters", "4");
        BuiltModel with = build(Embedder.netVlad(), options);
        Map<String, String> cut = new TreeMap<>(options);
        cut.put("last_relu", "false");
        BuiltModel without = build(Embedder.netVlad(), cut);
        byte[] image = ModelRun.item(with, 1);

        assertThat(asked(Embedder.netVlad(), cut)).doesNotContain("pool.conv.bias");
        assertThat(ModelRun.difference(ModelRun.bytes(without, image)[0], ModelRun.bytes(with, image)[0]))
                .isGreaterThan(0.01);
    }

    @Test
    void anyPoolingIsAHead() throws Exception {
        for (var expected : Map.of("cat", 1024, "gmp", 512, "spp", 21 * 512).entrySet()) {
            BuiltModel model = build(Embedder.pooled(), Map.of("pooling", expected.getKey()));

            assertThat(model.manifest().outputs().getFirst().itemShape()).containsExactly(expected.getValue());
        }
    }

    private static int dimension(Map<String, String> options) {
        return build(Embedder.spoc(), options)
                .manifest()
                .outputs()
                .getFirst()
                .itemShape()
                .getFirst();
    }

    private static Set<String> asked(Embedder embedder, Map<String, String> options) {
        var noted = new NotedWeights();
        new ImageArchitecture(embedder).build(request(options).withWeights(noted));
        return noted.asked().keySet();
    }

    private static BuiltModel build(Embedder embedder, Map<String, String> options) {
        return new ImageArchitecture(embedder).build(request(options));
    }

    private static ModelRequest request(Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(SMALL);
        all.putAll(options);
        return ModelRequest.defaults("embedder", ElementType.UINT8)
                .withOptions(all)
                .withWeights(new SeededWeights(""));
    }
}
