package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.architectures.weights.WeightsException;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.shape.Dim;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConvolutionLayersTest {

    private static final Offset<Float> CLOSE = within(1e-6f);

    private static final float[] NINE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void convolutionSumsWeightedNeighboursAndItsBias() throws Exception {
        WeightScope weights = GivenWeights.scope(Map.of("weight", List.of(1f, 0f, 0f, 10f), "bias", List.of(0.5f)));

        float[] y = LayerRun.run(x -> Conv2d.withBias(1, Conv.valid(2)).apply(x, weights), NINE, 1, 1, 3, 3);

        assertThat(y).containsExactly(51.5f, 62.5f, 84.5f, 95.5f);
        weights.requireAllUsedAndFound();
    }

    @Test
    void stridePaddingAndDilationMoveTheKernel() throws Exception {
        WeightScope weights = GivenWeights.scope(Map.of("weight", List.of(1f, 1f, 1f, 1f)));
        var strided = Conv2d.withoutBias(1, new Conv(2, 2, 1, 1, 1));
        var dilated = Conv2d.withoutBias(1, new Conv(2, 1, 0, 2, 1));

        assertThat(LayerRun.run(x -> strided.apply(x, weights), NINE, 1, 1, 3, 3))
                .containsExactly(1, 5, 11, 28);
        assertThat(LayerRun.run(x -> dilated.apply(x, weights), NINE, 1, 1, 3, 3))
                .containsExactly(1 + 3 + 7 + 9);
    }

    @Test
    void groupsSeeOnlyTheirOwnChannels() throws Exception {
        WeightScope weights = GivenWeights.scope(Map.of("weight", List.of(2f, 3f)));
        var depthwise = Conv2d.withoutBias(2, Conv.valid(1).withGroups(2));

        float[] y = LayerRun.run(x -> depthwise.apply(x, weights), new float[] {1, 10}, 1, 2, 1, 1);

        assertThat(y).containsExactly(2, 30);
    }

    @Test
    void channelsThatDoNotDivideIntoGroupsAreRefused() {
        WeightScope weights = WeightScope.of(new NoWeights());
        var grouped = Conv2d.withoutBias(4, Conv.valid(1).withGroups(2));

        assertThatThrownBy(() -> LayerRun.shape(x -> grouped.apply(x, weights), 1, 3, 8, 8))
                .hasMessage("3 channels of (N, 3, 8, 8) do not divide into 2 groups");
    }

    @Test
    void batchNormCentresAndScalesByTheStatisticsOfTraining() throws Exception {
        Map<String, List<Float>> statistics = Map.of("running_mean", List.of(3f), "running_var", List.of(4f));
        WeightScope affine = GivenWeights.scope(Map.of(
                "running_mean", List.of(3f), "running_var", List.of(4f), "weight", List.of(10f), "bias", List.of(1f)));
        WeightScope plain = GivenWeights.scope(statistics);
        float[] x = {3, 5};

        float[] scaled = LayerRun.run(v -> new BatchNorm2d(0, true).apply(v, affine), x, 1, 1, 1, 2);
        float[] centred = LayerRun.run(v -> new BatchNorm2d(5, false).apply(v, plain), x, 1, 1, 1, 2);

        assertThat(scaled).containsExactly(new float[] {1, 11}, CLOSE);
        assertThat(centred).containsExactly(new float[] {0, 2f / 3}, CLOSE); // sqrt(4 + 5) = 3
        plain.requireAllUsedAndFound();
    }

    @Test
    void fullyConnectedMultipliesByTheTransposedWeight() throws Exception {
        WeightScope weights =
                GivenWeights.scope(Map.of("weight", List.of(1f, 2f, 3f, 4f, 5f, 6f), "bias", List.of(0.5f, -0.5f, 0f)));
        float[] x = {1, 10};

        assertThat(LayerRun.run(v -> FullyConnected.withBias(3).apply(v, weights), x, 1, 2))
                .containsExactly(21.5f, 42.5f, 65f);
        assertThat(LayerRun.run(v -> FullyConnected.withoutBias(3).apply(v, weights), x, 1, 2))
                .containsExactly(21, 43, 65);
    }

    @Test
    void fullyConnectedRefusesMaps() {
        WeightScope weights = WeightScope.of(new NoWeights());

        assertThatThrownBy(() -> LayerRun.shape(x -> FullyConnected.withBias(3).apply(x, weights), 1, 2, 4, 4))
                .hasMessage("a fully connected layer takes (N, K), found (N, 2, 4, 4)");
    }

    @Test
    void missingTensorsAreListedWithTheirShapes() {
        WeightScope weights = WeightScope.of(new NoWeights());
        LayerRun.shape(x -> Conv2d.withBias(8, Conv.same(3)).apply(x, weights.scope("stem")), 1, 3, 8, 8);

        assertThatThrownBy(weights::requireAllUsedAndFound)
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("2 missing: ")
                .hasMessageContaining("weight (8, 3, 3, 3)")
                .hasMessageContaining("bias (8)");
    }

    @Test
    void activationsActOnEachElement() throws Exception {
        float[] x = {-2, 0, 1, 8};

        assertThat(LayerRun.run(Activation.RELU::apply, x, 1, 4)).containsExactly(0, 0, 1, 8);
        assertThat(LayerRun.run(Activation.RELU6::apply, x, 1, 4)).containsExactly(0, 0, 1, 6);
        assertThat(LayerRun.run(Activation.TANH::apply, x, 1, 4))
                .containsExactly(new float[] {-0.9640276f, 0, 0.7615942f, 0.9999998f}, CLOSE);
        assertThat(LayerRun.run(Activation.SOFTPLUS::apply, x, 1, 4))
                .containsExactly(new float[] {0.126928f, 0.6931472f, 1.3132617f, 8.000335f}, CLOSE);
        assertThat(LayerRun.shape(Activation.IDENTITY::apply, 1, 4).dims()).containsExactly(Dim.named("N"), Dim.of(4));
    }
}
