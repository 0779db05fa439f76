package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.weights.SeededWeights;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.op.Resample;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseSamplingLayersTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    @Test
    void peaksHaveNoEvenWindow() {
        assertThatThrownBy(() -> new PeakMap(4)).hasMessage("a peak's window of 4 must be odd and at least 1");
    }

    @Test
    void gateTakesTheBestMapWhereScoresAreClearAndTheBestFiveAlikeElsewhere() throws Exception {
        float[] scores = {0, 30, 1, 2, 3, 4, 5, 0.1f, 0.5f, 0.4f, 0.3f, 0.2f, 0.05f, 0.01f};

        float[] choice = LayerRun.run(EntropyGate.DEFAULT::apply, scores, 2, 7);

        assertThat(choice).containsExactly(0, 1, 0, 0, 0, 0, 0, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void gateSharesAmongFewerThanFiveClasses(int classes) throws Exception {
        float[] choice = LayerRun.run(EntropyGate.DEFAULT::apply, new float[classes], 1, classes);

        assertThat(choice).hasSize(classes).containsOnly(1f / classes);
    }

    @Test
    void gateSaysItsReasonAndItsChoice() throws Exception {
        float[] scores = {0, 30, 1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0};

        float[] reasons = LayerRun.run(x -> EntropyGate.DEFAULT.choice(x).reason(), scores, 2, 7);

        // The second image has seven probabilities of 1/7, of which five count.
        assertThat(reasons)
                .containsExactly(new float[] {0, 1, (float) (5.0 / 7 * Math.log(1.0 / 7)), 0}, within(1e-6f));
    }

    @Test
    void gateCountsAProbabilityOfZeroAsCertainty() throws Exception {
        float[] choice = LayerRun.run(EntropyGate.DEFAULT::apply, new float[] {-300, 300, -300}, 1, 3);

        assertThat(choice).containsExactly(0, 1, 0);
    }

    @Test
    void firstOfEqualNeighboursIsThePeakInEveryItemOfABatch() throws Exception {
        float[] map = {
            0, 0, 0, 0, 0, //
            0, 5, 5, 0, 0, //
            0, 5, 5, 0, 4, //
            0, 0, 0, 0, 4, //
            3, 0, 0, 0, 0
        };
        float[] twice = Arrays.copyOf(map, 2 * map.length);
        System.arraycopy(map, 0, twice, map.length, map.length);

        float[] scores = LayerRun.run(x -> PeakMap.DEFAULT.apply(x).scores(), twice, 2, 1, 5, 5);

        for (int item = 0; item < 2; item++) {
            float[] expected = new float[25];
            expected[6] = 1;
            expected[14] = 0.8f;
            expected[20] = 0.6f;
            assertThat(Arrays.copyOfRange(scores, 25 * item, 25 * item + 25)).containsExactly(expected, CLOSE);
        }
    }

    @Test
    void maximumBelowTheMeanIsNoPeak() throws Exception {
        float[] map = {9, 9, 0, 1, 0, 9, 9};

        float[] scores = LayerRun.run(x -> PeakMap.DEFAULT.apply(x).scores(), map, 1, 1, 1, 7);

        assertThat(scores).containsExactly(1, 0, 0, 0, 0, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -3.7f, 1e20f})
    void constantMapHasNoPeaks(float value) throws Exception {
        float[] map = new float[36];
        Arrays.fill(map, value);

        float[] scores = LayerRun.run(
                x -> PeakMap.DEFAULT.apply(Resample.linear(x, 31, 31, true)).scores(), map, 1, 1, 6, 6);

        assertThat(scores).hasSize(961).containsOnly(0);
    }

    @Test
    void attentionIsTheSumOfGaussiansAboveTheBase() throws Exception {
        int size = 7;
        float[] weights = new float[size * size];
        weights[10] = 2;
        weights[40] = 0.5f;

        float[] map = LayerRun.run(
                x -> new SparseAttention(size, 0.2f, 0.1f)
                        .apply(x, x.graph().constant("spread", filled(49, 0.25f), Shape.of(1, 49))),
                weights,
                1,
                49);

        double sigma = 0.2 * size * 0.5;
        for (int i = 0; i < map.length; i++) {
            double expected = 0.1 + 2 * gauss(i, 10, size, sigma) + 0.5 * gauss(i, 40, size, sigma);
            assertThat(map[i]).isEqualTo((float) expected, CLOSE);
        }
    }

    @Test
    void evenMapLeavesThePointsInPlaceAndAPeakDrawsThem() throws Exception {
        float[] even = filled(31 * 31, 0.09f);
        float[] peaked = even.clone();
        peaked[8 * 31 + 20] = 5000;

        float[] straight = LayerRun.run(SaliencyGrid.DEFAULT::apply, even, 1, 1, 31, 31);
        float[] drawn = LayerRun.run(SaliencyGrid.DEFAULT::apply, peaked, 1, 1, 31, 31);

        for (int i = 0; i < 31; i++) {
            assertThat(straight[15 * 31 + i]).isEqualTo((i - 15) / 15f, CLOSE);
            assertThat(straight[961 + i * 31 + 15]).isEqualTo((i - 15) / 15f, CLOSE);
        }
        int nearby = 10 * 31 + 17;
        assertThat(drawn[nearby]).isEqualTo((20 - 15) / 15f, within(0.02f));
        assertThat(drawn[961 + nearby]).isEqualTo((8 - 15) / 15f, within(0.02f));
    }

    @Test
    void pointsAreTheFilteredPlacesOverTheFilteredMap() throws Exception {
        float[] map = new float[961];
        var random = new Random(7);
        for (int i = 0; i < map.length; i++) {
            map[i] = 0.09f + random.nextFloat();
        }

        float[] points = LayerRun.run(SaliencyGrid.DEFAULT::apply, map, 1, 1, 31, 31);

        for (int at : new int[] {0, 30, 17 * 31 + 5, 930, 960}) {
            double sum = 0;
            double x = 0;
            double y = 0;
            for (int dy = -30; dy <= 30; dy++) {
                for (int dx = -30; dx <= 30; dx++) {
                    int row = at / 31 + dy;
                    int column = at % 31 + dx;
                    double q = map[Math.clamp(row, 0, 30) * 31 + Math.clamp(column, 0, 30)]
                            * Math.exp(-4 * Math.log(2) * (dx * dx + dy * dy) / 169);
                    sum += q;
                    x += q * column / 30;
                    y += q * row / 30;
                }
            }
            assertThat(points[at]).isEqualTo((float) Math.clamp(2 * x / sum - 1, -1, 1), CLOSE);
            assertThat(points[961 + at]).isEqualTo((float) Math.clamp(2 * y / sum - 1, -1, 1), CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 14})
    void meansOfResizedMapsNeedNoResizing(int side) throws Exception {
        float[] maps = new float[3 * side * side];
        var random = new Random(side);
        for (int i = 0; i < maps.length; i++) {
            maps[i] = random.nextFloat();
        }

        float[] means = LayerRun.run(x -> ClassResponseMap.resizedMeans(x, 31), maps, 1, 3, side, side);

        float[] resized = LayerRun.run(
                x -> Layout.flatten(Reduce.mean(Resample.linear(x, 31, 31, true), 2, 3)), maps, 1, 3, side, side);
        assertThat(means).containsExactly(resized, CLOSE);
    }

    @Test
    void responseOfAClassAveragesToItsScore() throws Exception {
        float[] features = new float[2 * 9];
        var random = new Random(3);
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        var weights = new SeededWeights("");

        float[] means = LayerRun.run(
                x -> Layout.flatten(Reduce.mean(new ClassResponseMap(4).apply(x, WeightScope.of(weights)), 2, 3)),
                features,
                1,
                2,
                3,
                3);

        float[] scores = LayerRun.run(
                x -> FullyConnected.withBias(4).apply(new GlobalAveragePool().apply(x), WeightScope.of(weights)),
                features,
                1,
                2,
                3,
                3);
        assertThat(means).containsExactly(scores, CLOSE);
    }

    private static double gauss(int at, int centre, int size, double sigma) {
        double dx = at % size - centre % size;
        double dy = Math.floorDiv(at, size) - Math.floorDiv(centre, size);
        return Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
