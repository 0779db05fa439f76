package dev.fovea.architectures.densesift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.BuiltModel;
import dev.fovea.architectures.ImageArchitecture;
import dev.fovea.architectures.ModelRequest;
import dev.fovea.architectures.ModelRun;
import dev.fovea.architectures.NotedWeights;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightSource;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiftNetworkTest {

    static List<SiftNetwork> networks() {
        return List.of(SiftNetwork.dense(), SiftNetwork.vlad(), SiftNetwork.bilinear());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anImageHasTheSameEmbeddingAloneAndInABatch(SiftNetwork network) throws Exception {
        BuiltModel model = build(network, new SeededWeights(""), Map.of());
        byte[][] images = {ModelRun.item(model, 0), ModelRun.item(model, 1), ModelRun.item(model, 2)};

        float[][] together = ModelRun.bytes(model, images);

        assertThat(ModelRun.difference(together[0], together[1])).isGreaterThan(1e-3);
        for (int i = 0; i < images.length; i++) {
            assertThat(ModelRun.norm(together[i])).isEqualTo(1, within(1e-5));
            assertThat(ModelRun.difference(ModelRun.bytes(model, images[i])[0], together[i]))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void meanAndProductsOfPairsNeedNoWeights() {
        for (SiftNetwork network : List.of(SiftNetwork.dense(), SiftNetwork.bilinear())) {
            assertThat(build(network, new NoWeights(), Map.of())
                            .manifest()
                            .provenance()
                            .kind())
                    .isEqualTo(Provenance.Kind.COMPUTED);
        }
        assertThatThrownBy(() -> build(SiftNetwork.vlad(), new NoWeights(), Map.of()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("pool.centroids (64, 128)");
    }

    @Test
    void codebookAndProjectionComeAsWeights() {
        var weights = new NotedWeights();

        BuiltModel model = build(SiftNetwork.vlad(), weights, Map.of("clusters", "16", "pca", "32"));

        assertThat(weights.asked())
                .hasToString("{pca.components=(128, 32), pca.mean=(128), pool.centroids=(16, 32), "
                        + "pool.conv.bias=(16), pool.conv.weight=(16, 32, 1, 1)}");
        assertThat(model.manifest().outputs().getFirst().itemShape()).isEqualTo(List.of(512));
    }

    @Test
    void localFeaturesAreTheSecondAnswer() {
        BuiltModel model = build(SiftNetwork.dense(), new NoWeights(), Map.of("patch_sizes", "24, 16"));

        assertThat(model.manifest().outputs().get(1).name()).isEqualTo(SiftNetwork.LOCAL_FEATURES);
        assertThat(model.manifest().outputs().get(1).itemShape()).isEqualTo(List.of(128, 1, 36 + 49));
    }

    @Test
    void colourIsBesideTheDescriptorUnlessUnwanted() {
        assertThat(numbers(Map.of())).isEqualTo(153 * 153);
        assertThat(numbers(Map.of("colour", "false"))).isEqualTo(128 * 128);
    }

    @Test
    void quotesAListThatIsNone() {
        assertThatThrownBy(() -> build(SiftNetwork.dense(), new NoWeights(), Map.of("patch_sizes", "16;24")))
                .hasMessage("patch_sizes = \"16;24\" is not a list of whole numbers separated by commas");
    }

    private static int numbers(Map<String, String> options) {
        BuiltModel model = build(SiftNetwork.bilinear(), new NoWeights(), options);
        return model.manifest().outputs().getFirst().itemShape().getFirst();
    }

    private static BuiltModel build(SiftNetwork network, WeightSource weights, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("image_size", "64"));
        all.putAll(options);
        return new ImageArchitecture(network)
                .build(ModelRequest.defaults(network.name(), ElementType.UINT8)
                        .withOptions(all)
                        .withWeights(weights));
    }
}
