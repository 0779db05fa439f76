package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.weights.NoWeights;
import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorPoolingTest {

    /// Two channels of 2 x 3.
    private static final float[] MAPS = {0, 1, 2, 3, 4, 8, -1, -1, -1, -1, -1, 5};

    private static float[] pooled(VectorPooling pooling) throws Exception {
        WeightScope none = WeightScope.of(new NoWeights());
        return LayerRun.run(x -> pooling.apply(x, none), MAPS, 1, 2, 2, 3);
    }

    @Test
    void meansAndMaximaOverAllPositions() throws Exception {
        assertThat(pooled(VectorPooling.GAP)).containsExactly(3, 0);
        assertThat(pooled(VectorPooling.SPOC)).containsExactly(3, 0);
        assertThat(pooled(VectorPooling.GMP)).containsExactly(8, 5);
        assertThat(pooled(VectorPooling.ADD)).containsExactly(5.5f, 2.5f);
        assertThat(pooled(VectorPooling.CAT)).containsExactly(3, 0, 8, 5);
    }

    @Test
    void generalisedMeanRaisesAveragesAndTakesTheRoot() throws Exception {
        float[] y = pooled(VectorPooling.GEM);

        assertThat(y[0]).isCloseTo((float) Math.cbrt((1 + 8 + 27 + 64 + 512) / 6.0), within(1e-5f));
        assertThat(y[1])
                .as("negative elements count as epsilon")
                .isCloseTo((float) Math.cbrt(125 / 6.0), within(1e-5f));
    }

    @Test
    void generalisedMeanOfPowerOneIsTheMean() throws Exception {
        float[] positive = {1, 2, 3, 6};

        assertThat(LayerRun.run(new GemPool(1, 1e-6f)::apply, positive, 1, 1, 2, 2))
                .containsExactly(new float[] {3}, within(1e-5f));
    }

    @Test
    void learntPowerComesFromTheCheckpoint() {
        WeightScope weights = GivenWeights.scope(Map.of("p", List.of(2.5f)));

        assertThat(GemPool.learnt(weights)).isEqualTo(new GemPool(2.5f, 1e-6f));
        weights.requireAllUsedAndFound();
    }

    @Test
    void generalisedMeanRefusesAPowerThatIsNotPositive() {
        assertThatThrownBy(() -> GemPool.learnt(GivenWeights.scope(Map.of("p", List.of(-1f)))))
                .hasMessage("generalised mean with p -1.0 and epsilon 1.0E-6: both must be positive and finite");
    }

    @Test
    void missingPowerIsListedWithWhateverElseIsMissing() {
        WeightScope weights = WeightScope.of(new NoWeights());
        GemPool.learnt(weights);

        assertThatThrownBy(weights::requireAllUsedAndFound).hasMessageContaining("1 missing: p (1)");
    }

    @Test
    void pyramidGoesLevelByLevelThenChannelByChannel() throws Exception {
        float[] y = LayerRun.run(new SpatialPyramid(List.of(1, 2))::apply, MAPS, 1, 2, 2, 3);

        // Columns 0-1 and 1-2 of three: the middle one belongs to both halves.
        assertThat(y).containsExactly(8, 5, 1, 2, 4, 8, -1, -1, -1, 5);
    }

    @Test
    void pyramidRepeatsElementsOfAMapSmallerThanItsCells() throws Exception {
        assertThat(LayerRun.run(new SpatialPyramid(List.of(4))::apply, new float[] {1, 2}, 1, 1, 1, 2))
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2);
    }

    @Test
    void pyramidRefusesLevelsWithoutCells() {
        assertThatThrownBy(() -> new SpatialPyramid(List.of(1, 0)))
                .hasMessage("pyramid levels [1, 0]: at least one, each at least 1");
    }

    @ParameterizedTest
    @EnumSource
    void everyNameGivesOneVectorPerImage(VectorPooling pooling) {
        WeightScope weights = WeightScope.of(new SeededWeights(""));

        Shape shape = LayerRun.shape(x -> pooling.apply(x, weights), 1, 16, 7, 9);

        assertThat(shape.rank()).isEqualTo(2);
        assertThat(shape.dim(0)).isEqualTo(Dim.named("N"));
        assertThat(shape.size(1)).isPositive();
    }

    @Test
    void onlyNetVladAsksForWeights() {
        for (VectorPooling pooling : VectorPooling.values()) {
            WeightScope none = WeightScope.of(new NoWeights());
            LayerRun.shape(x -> pooling.apply(x, none), 1, 16, 7, 9);

            if (pooling == VectorPooling.NETVLAD) {
                assertThatThrownBy(none::requireAllUsedAndFound).hasMessageContaining("3 missing: ");
            } else {
                none.requireAllUsedAndFound();
            }
        }
    }

    @Test
    void anOptionNamesAPooling() {
        var head = new Option("head", "gap", "a pooling", "head");

        assertThat(new OptionValues(List.of(head), Map.of("head", "bilinear")).choice("head", VectorPooling.class))
                .isEqualTo(VectorPooling.BILINEAR);
    }
}
