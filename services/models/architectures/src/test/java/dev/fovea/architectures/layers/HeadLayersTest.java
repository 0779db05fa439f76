package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.layers.Standardize.Form;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Layers of heads, with numbers that can be worked out on paper.
class HeadLayersTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    @Test
    void netVladSumsSharedDifferencesToWordsAndNormalisesWordByWord() throws Exception {
        var weights = Map.of(
                "conv.weight", List.of(0f, 0f, 0f, 0f),
                "conv.bias", List.of((float) Math.log(3), 0f), // shares 3/4 and 1/4 everywhere
                "centroids", List.of(0f, 0f, 1f, 1f));
        float[] positions = {3, 1, 4, 0}; // (0.6, 0.8) and (1, 0) after L2

        float[] vlad =
                LayerRun.run(x -> new NetVlad(2, true).apply(x, GivenWeights.scope(weights)), positions, 1, 2, 1, 2);

        // 3/4 (1.6, 0.8) and 1/4 (1.6, 0.8) - 1/2 (1, 1) = (-0.1, -0.3), each of unit norm, then both over sqrt 2
        float word = (float) Math.sqrt(0.5);
        assertThat(vlad)
                .containsExactly(
                        new float[] {
                            word * 2 / root(5), word / root(5), -word / root(10), -word * 3 / root(10),
                        },
                        CLOSE);
    }

    @Test
    void netVladWithoutBiasAsksForNone() throws Exception {
        var weights = Map.of("conv.weight", List.of(0f, 0f, 0f, 0f), "centroids", List.of(0f, 0f, 0f, 0f));

        float[] vlad = LayerRun.run(
                x -> new NetVlad(2, false).apply(x, GivenWeights.scope(weights)), new float[] {3, 4}, 1, 2, 1, 1);

        float word = (float) Math.sqrt(0.5);
        assertThat(vlad).containsExactly(new float[] {word * 0.6f, word * 0.8f, word * 0.6f, word * 0.8f}, CLOSE);
    }

    @Test
    void orthogonalFusionKeepsWhatIsNotAlongTheGlobalFeature() throws Exception {
        // Two images of two positions; the global feature is the maximum: (3, 2) and (1, 1).
        float[] maps = {1, 3, 2, 0, 1, 0, 0, 1};

        float[] fused =
                LayerRun.run(x -> new OrthogonalFusion().apply(x, new GlobalMaxPool().apply(x)), maps, 2, 2, 1, 2);

        assertThat(fused).containsExactly(new float[] {3, 2, 2 / 13f, -3 / 13f, 1, 1, 0, 0}, CLOSE);
    }

    @Test
    void dilatedConvolutionsReachAsFarAsTheirDilationAndThePooledBranchIsTheSameEverywhere() throws Exception {
        List<Float> upperLeft = List.of(1f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f);
        var weights = Map.of(
                "dilated_convs.0.weight", upperLeft,
                "dilated_convs.0.bias", List.of(0f),
                "dilated_convs.1.weight", upperLeft,
                "dilated_convs.1.bias", List.of(0f),
                "dilated_convs.2.1.weight", List.of(2f),
                "dilated_convs.2.1.bias", List.of(1f));
        float[] map = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        float[] y = LayerRun.run(
                x -> new MultiAtrous(3, List.of(1, 2)).apply(x, GivenWeights.scope(weights)), map, 1, 1, 3, 3);

        assertThat(y)
                .containsExactly(
                        new float[] {
                            0, 0, 0, 0, 1, 2, 0, 4, 5, // one up and left
                            0, 0, 0, 0, 0, 0, 0, 0, 1, // two up and left
                            11, 11, 11, 11, 11, 11, 11, 11, 11, // 2 x mean 5 + 1
                        },
                        CLOSE);
    }

    @Test
    void atrousPyramidJoinsPooledPointAndDilatedBranches() throws Exception {
        Map<String, List<Float>> weights = new HashMap<>();
        zero(weights, "im_pool.1", 512, 512, 1f); // pooled branch: 1 everywhere
        zero(weights, "aspp.0", 512, 512, 2f);
        for (int i = 1; i <= 3; i++) {
            zero(weights, "aspp." + i, 512 * 9, 512, 10 * i);
        }
        weights.put("conv_after.0.weight", Collections.nCopies(2560, 1f));
        weights.put("conv_after.0.bias", List.of(-1f));

        float[] y = LayerRun.run(
                x -> new AtrousPyramid(1).apply(x, GivenWeights.scope(weights)), new float[] {5}, 1, 1, 1, 1);

        assertThat(y).containsExactly(new float[] {512 * (1 + 2 + 10 + 20 + 30) - 1}, CLOSE);
    }

    @Test
    void attentionIsTheLengthOfAUnitVector() throws Exception {
        float[] y = LayerRun.run(
                x -> new AttentiveLocal().apply(x, Elementwise.scale(Layout.slice(x, 1, 0, 1), 0)),
                new float[] {3, 4},
                1,
                2,
                1,
                1);

        float half = (float) Math.log(2); // softplus of 0
        assertThat(y).containsExactly(new float[] {0.6f * half, 0.8f * half}, CLOSE);
    }

    @Test
    void projectionIsOfTheDifferenceToTheMeanAndOfUnitNorm() throws Exception {
        var weights = Map.of("mean", List.of(1f, 1f), "components", List.of(0f, 1f, 2f, 0f));

        float[] y = LayerRun.run(
                x -> new PcaProjection(2).apply(x, GivenWeights.scope(weights)), new float[] {4, 5, 1, 1}, 2, 2);

        assertThat(y).containsExactly(new float[] {8 / root(73), 3 / root(73), 0, 0}, CLOSE);
    }

    @Test
    void projectionToMoreDimensionsThanThereAreIsRefused() {
        assertThatThrownBy(() -> LayerRun.shape(x -> new PcaProjection(3).apply(x, GivenWeights.scope(Map.of())), 1, 2))
                .hasMessage("a projection to 3 dimensions needs at least as many, found (N, 2)");
    }

    @Test
    void itemsGetZeroMeanAndUnitVarianceEachByItself() throws Exception {
        float[] items = {1, 3, 7, 7};

        assertThat(LayerRun.run(new Standardize(Form.DEVIATION, 1e-7f)::apply, items, 2, 1, 1, 2))
                .containsExactly(new float[] {-root(0.5), root(0.5), 0, 0}, CLOSE);
        assertThat(LayerRun.run(new Standardize(Form.INSTANCE, 3)::apply, items, 2, 1, 1, 2))
                .containsExactly(new float[] {-0.5f, 0.5f, 0, 0}, CLOSE);
    }

    @Test
    void deviationIsThatOfAnItemWhenTheBatchHasAFixedSize() throws Exception {
        float[] items = {1, 3, 7, 7};
        UnaryOperator<Value> fixed = x ->
                new Standardize(Form.DEVIATION, 1e-7f).apply(x.graph().constant("items", items, Shape.of(2, 1, 1, 2)));

        assertThat(LayerRun.run(fixed, items, 2, 1, 1, 2))
                .containsExactly(new float[] {-root(0.5), root(0.5), 0, 0}, CLOSE);
    }

    @Test
    void regionalMaximaAreUnitVectorsSummed() throws Exception {
        float[] maps = {1, 1, 1, 1, 1, 1, 1, 1, 1, /* second channel */ 1, 0, 0, 0, 0, 0, 0, 0, 0};

        float[] y = LayerRun.run(new RegionalMaxPool(2)::apply, maps, 1, 2, 3, 3);

        // Level 1 and one region of level 2 see the corner, three regions do not.
        assertThat(y).containsExactly(new float[] {root(2) + 3, root(2)}, CLOSE);
    }

    @Test
    void regionsOverlapByTwoFifthsAlongTheLongerSide() throws Exception {
        float[] y = LayerRun.run(new RegionalMaxPool(1)::apply, new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 1, 1, 2, 4);

        assertThat(y).containsExactly(new float[] {3}, CLOSE); // squares of 2 from column 0, 1 and 2
    }

    @Test
    void shapesAreThoseDocumented() {
        assertThat(LayerRun.shape(new RegionalMaxPool(3)::apply, 1, 5, 7, 4))
                .isEqualTo(Shape.of(Dim.named("N"), Dim.of(5)));
        assertThat(LayerRun.shape(x -> new NetVlad(4, true).apply(x, GivenWeights.scope(Map.of())), 1, 5, 3, 2))
                .isEqualTo(Shape.of(Dim.named("N"), Dim.of(20)));
    }

    private static void zero(Map<String, List<Float>> weights, String name, int numbers, int outputs, float bias) {
        weights.put(name + ".weight", Collections.nCopies(numbers, 0f));
        weights.put(name + ".bias", Collections.nCopies(outputs, bias));
    }

    private static float root(double x) {
        return (float) Math.sqrt(x);
    }
}
