package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import dev.fovea.onnx.shape.Shape;
import org.junit.jupiter.api.Test;

class PoolingLayersTest {

    private static final Window HALVES = Window.of(2, 2);

    private static final float[] SIXTEEN = {
        9, 1, 2, 3, //
        4, 5, 6, 7, //
        0, 0, 3, 1, //
        0, 0, 1, 1
    };

    @Test
    void windowsOfMaximaOverlapWhenTheStrideIsSmallerThanTheKernel() throws Exception {
        assertThat(LayerRun.run(new MaxPool(HALVES)::apply, SIXTEEN, 1, 1, 4, 4))
                .containsExactly(9, 7, 0, 3);
        assertThat(LayerRun.run(new MaxPool(Window.of(3, 1))::apply, SIXTEEN, 1, 1, 4, 4))
                .containsExactly(9, 7, 6, 7);
    }

    @Test
    void averageOfEachWindow() throws Exception {
        assertThat(LayerRun.run(new AveragePool(HALVES)::apply, SIXTEEN, 1, 1, 4, 4))
                .containsExactly(4.75f, 4.5f, 0, 1.5f);
    }

    @Test
    void medianOfAnEvenNumberIsTheLowerOne() throws Exception {
        assertThat(LayerRun.run(new MedianPool(HALVES)::apply, SIXTEEN, 1, 1, 4, 4))
                .containsExactly(4, 3, 0, 1);
    }

    @Test
    void medianOfAnOddNumberIsTheMiddleOne() throws Exception {
        assertThat(LayerRun.run(new MedianPool(Window.of(3, 1))::apply, SIXTEEN, 1, 1, 4, 4))
                .containsExactly(3, 3, 1, 1);
    }

    @Test
    void medianLeavesOutARemainderOfTheMap() throws Exception {
        float[] row = {5, 1, 4, 2, 9, 6, 8, 8, 0, 0};

        assertThat(LayerRun.run(new MedianPool(HALVES)::apply, row, 1, 1, 2, 5)).containsExactly(5, 2);
    }

    @Test
    void medianRefusesPaddingAndAWindowThatDoesNotFit() {
        assertThatThrownBy(() -> new MedianPool(new Window(3, 1, 1))).hasMessage("a median takes no padding, found 1");
        assertThatThrownBy(() -> LayerRun.shape(new MedianPool(Window.of(5, 1))::apply, 1, 2, 4, 4))
                .hasMessage("a median over 5 x 5 does not fit into (N, 2, 4, 4)");
    }

    @Test
    void stochasticPoolingWeighsElementsByThemselves() throws Exception {
        float[] y = LayerRun.run(new StochasticPool(HALVES)::apply, SIXTEEN, 1, 1, 4, 4);

        assertThat(y)
                .containsExactly(new float[] {123f / 19, 98f / 18, 0, 12f / 6}, within(1e-6f))
                .doesNotContain(Float.NaN);
    }

    @Test
    void yoloPyramidHasTheLargestWindowFirstAndTheInputLast() throws Exception {
        float[] line = new float[15];
        line[7] = 1;

        float[] y = LayerRun.run(new YoloSpp()::apply, line, 1, 1, 1, 15);

        assertThat(y).hasSize(60);
        assertThat(marked(y, 0)).as("13").isEqualTo(13);
        assertThat(marked(y, 1)).as("9").isEqualTo(9);
        assertThat(marked(y, 2)).as("5").isEqualTo(5);
        assertThat(marked(y, 3)).as("input").isEqualTo(1);
    }

    private static int marked(float[] y, int channel) {
        float sum = 0;
        for (int i = 0; i < 15; i++) {
            sum += y[channel * 15 + i];
        }
        return Math.round(sum);
    }

    @Test
    void unpoolingPutsMaximaBackAndZerosElsewhere() throws Exception {
        float[] twoImages = {1, 2, 3, 4, 8, 7, 6, 5};

        float[] y = LayerRun.run(
                x -> {
                    var pooled = Pool.maxWithIndices(x, HALVES);
                    var doubled = new Pool.MaxPooled(Elementwise.scale(pooled.values(), 2), pooled.indices());
                    return new MaxUnpool(HALVES).apply(doubled, 2, 2);
                },
                twoImages,
                2,
                1,
                2,
                2);

        assertThat(y).containsExactly(0, 0, 0, 8, 16, 0, 0, 0);
    }

    @Test
    void unpoolingRefusesASizeThatWasNotPooled() {
        assertThatThrownBy(() -> LayerRun.shape(
                        x -> new MaxUnpool(HALVES).apply(Pool.maxWithIndices(x, HALVES), 8, 8), 1, 1, 4, 4))
                .hasMessageContaining("does not pool (N, 1, 8, 8) to (N, 1, 2, 2)");
    }

    @Test
    void shapesAreKnownBeforeTheGraphRuns() {
        assertThat(LayerRun.shape(new YoloSpp()::apply, 1, 6, 13, 13)).isEqualTo(Shape.batchOf(24, 13, 13));
        assertThat(LayerRun.shape(new MedianPool(Window.of(3, 2))::apply, 1, 6, 13, 13))
                .isEqualTo(Shape.batchOf(6, 6, 6));
        assertThat(LayerRun.shape(new StochasticPool(HALVES)::apply, 1, 6, 13, 13))
                .isEqualTo(Shape.batchOf(6, 6, 6));
    }
}
