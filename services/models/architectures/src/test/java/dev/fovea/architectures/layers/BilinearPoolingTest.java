package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BilinearPoolingTest {

    private static final Offset<Float> CLOSE = within(1e-6f);

    @Test
    void outerProductsAreAveragedRootedAndNormalised() throws Exception {
        float[] x = {1, 3, 2, -4}; // X = [1 3; 2 -4], X X^T / 2 = [5 -5; -5 10]

        float[] y = LayerRun.run(BilinearPool.DEFAULT::apply, x, 1, 2, 1, 2);

        float root = (float) Math.sqrt(5.0 / 25);
        assertThat(y).containsExactly(new float[] {root, -root, -root, (float) Math.sqrt(10.0 / 25)}, CLOSE);
    }

    @Test
    void twoExtractorsMultiplyWithTheSecondOnesChannelsFastest() throws Exception {
        float[] x = {1, 1, 0, 2, 2, 2, 0, 0, 3, 3}; // channels 0-1 of one extractor, 2-4 of the other
        UnaryOperator<Value> pooling =
                maps -> new MultimodalBilinearPool(0).apply(Layout.slice(maps, 1, 0, 2), Layout.slice(maps, 1, 2, 5));

        float[] y = LayerRun.run(pooling, x, 1, 5, 1, 2);

        // X Y^T / 2 = [2 0 3; 2 0 3], of sum 10
        float two = (float) Math.sqrt(0.2);
        float three = (float) Math.sqrt(0.3);
        assertThat(y).containsExactly(new float[] {two, 0, three, two, 0, three}, CLOSE);
    }

    @Test
    void extractorsOfDifferentSizesAreRefused() {
        assertThatThrownBy(() -> LayerRun.shape(
                        x -> MultimodalBilinearPool.DEFAULT.apply(x, Pool.max(x, Window.of(2, 2))), 1, 8, 28, 28))
                .hasMessage("bilinear pooling pairs maps of one size, found 28 x 28 and 14 x 14 positions");
        assertThatThrownBy(() -> LayerRun.shape(BilinearPool.DEFAULT::apply, 1, 8))
                .hasMessage("bilinear pooling takes maps (N, D, H, W), found (N, 8)");
    }

    @Test
    void signedRootKeepsTheSignAndZero() throws Exception {
        assertThat(LayerRun.run(new SignedSqrt(1)::apply, new float[] {-8, 0, 3}, 1, 3))
                .containsExactly(-3, 0, 2);
    }

    @Test
    void signedRootRefusesANegativeEpsilon() {
        assertThatThrownBy(() -> new SignedSqrt(-1e-5f))
                .hasMessage("epsilon -1.0E-5 of a signed square root is below 0");
        assertThatThrownBy(() -> new SignedSqrt(Float.NaN))
                .hasMessage("epsilon NaN of a signed square root is below 0");
    }
}
