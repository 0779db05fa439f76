package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.layers.MultimodalBilinearPool.Pooled;
import dev.fovea.architectures.layers.ResponseMaps.Responses;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseMapsTest {

    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final int PLACES = HEIGHT * WIDTH;
    private static final int D = 2;
    private static final int E = 3;
    private static final int CLASSES = 5;
    private static final int BEST = 3;
    private static final float BIAS = 0.25f;
    private static final float[] WEIGHT = numbers(2, CLASSES * D * E, -1);

    /// Per item: maps of the best classes, the classes' numbers, the logits of all classes.
    private static final int ROW = BEST * PLACES + BEST + CLASSES;

    private static UnaryOperator<Value> bilinear(float epsilon) {
        return both -> {
            Value x = Layout.slice(both, 1, 0, D);
            Value y = Layout.slice(both, 1, D, D + E);
            Pooled pooled = new MultimodalBilinearPool(epsilon).pool(x, y);
            Value weight = both.graph().constant("w", WEIGHT, Shape.of(CLASSES, D * E));
            Value logits = logits(pooled.vector(), weight);
            return row(ResponseMaps.DEFAULT.ofBilinear(x, y, pooled, logits, weight), logits);
        };
    }

    private static Value average(Value features) {
        float[] numbers = Arrays.copyOf(WEIGHT, CLASSES * (D + E));
        Value weight = features.graph().constant("w", numbers, Shape.of(CLASSES, D + E));
        Value logits = logits(new GlobalAveragePool().apply(features), weight);
        return row(ResponseMaps.DEFAULT.ofAverage(features, logits, weight), logits);
    }

    private static Value logits(Value vector, Value weight) {
        float[] biases = new float[CLASSES];
        Arrays.fill(biases, BIAS);
        return Linear.gemm(vector, weight, vector.graph().constant("b", biases, Shape.of(CLASSES)));
    }

    private static Value row(Responses responses, Value logits) {
        return Layout.concat(List.of(Layout.flatten(responses.maps()), responses.classes(), logits), 1);
    }

    @Test
    void everyPositionGetsItsShareOfABilinearScore() throws Exception {
        float[] rows = LayerRun.run(bilinear(1e-10f), numbers(7, 2 * (D + E) * PLACES, 0), 2, D + E, HEIGHT, WIDTH);

        assertSharesSum(rows, 2);
    }

    @Test
    void everyPositionGetsItsShareOfAnAveragedScore() throws Exception {
        float[] features = numbers(7, 2 * (D + E) * PLACES, -1);

        assertSharesSum(LayerRun.run(ResponseMapsTest::average, features, 2, D + E, HEIGHT, WIDTH), 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11})
    void theOnlyPositionWhereSomethingIsSeenGetsAllOfTheScore(int hot) throws Exception {
        float[] features = new float[(D + E) * PLACES];
        for (int channel = 0; channel < D + E; channel++) {
            features[channel * PLACES + hot] = 1 + channel;
        }

        float[] row = LayerRun.run(bilinear(0), features, 1, D + E, HEIGHT, WIDTH);

        for (int rank = 0; rank < BEST; rank++) {
            for (int p = 0; p < PLACES; p++) {
                float expected = p == hot ? logit(row, rank) - BIAS : 0;
                assertThat(row[rank * PLACES + p]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void aShareIsThePairsWeightTimesItsRootTimesItsPartOfTheMean() throws Exception {
        // One channel each, at two positions 1 x 2 and 3 x 2: z = 4, y = 1, of which the second has 6 / 8.
        UnaryOperator<Value> one = both -> {
            Value x = Layout.slice(both, 1, 0, 1);
            Value y = Layout.slice(both, 1, 1, 2);
            Pooled pooled = new MultimodalBilinearPool(0).pool(x, y);
            Value weight = both.graph().constant("w", new float[] {-2, 5}, Shape.of(2, 1));
            Value logits = Linear.matMul(pooled.vector(), Layout.transpose(weight, 1, 0));
            Responses responses = ResponseMaps.DEFAULT.ofBilinear(x, y, pooled, logits, weight);
            return Layout.concat(List.of(Layout.flatten(responses.maps()), responses.classes()), 1);
        };

        float[] row = LayerRun.run(one, new float[] {1, 3, 2, 2}, 1, 2, 1, 2);

        assertThat(row).containsExactly(new float[] {1.25f, 3.75f, -0.5f, -1.5f, 1, 0}, within(1e-6f));
    }

    @Test
    void productsThatCancelGiveNothing() throws Exception {
        float[] features = new float[(D + E) * PLACES];
        features[0] = 1;
        features[1] = -1; // the first channel of the first extractor, at two positions
        features[D * PLACES] = 1;
        features[D * PLACES + 1] = 1;

        float[] row = LayerRun.run(bilinear(1e-10f), features, 1, D + E, HEIGHT, WIDTH);

        assertThat(Arrays.copyOf(row, BEST * PLACES)).containsOnly(0);
    }

    @Test
    void bordersOfZerosLeaveTheSumsAsTheyAre() throws Exception {
        UnaryOperator<Value> padded =
                maps -> new Responses(maps, maps).padded(1).maps();

        assertThat(LayerRun.run(padded, new float[] {7}, 1, 1, 1, 1)).containsExactly(0, 0, 0, 0, 7, 0, 0, 0, 0);
    }

    private static void assertSharesSum(float[] rows, int items) {
        assertThat(rows).hasSize(items * ROW);
        for (int item = 0; item < items; item++) {
            float[] row = Arrays.copyOfRange(rows, item * ROW, (item + 1) * ROW);
            float last = Float.MAX_VALUE;
            for (int rank = 0; rank < BEST; rank++) {
                double sum = 0;
                for (int p = 0; p < PLACES; p++) {
                    sum += row[rank * PLACES + p];
                }
                assertThat(sum).isCloseTo(logit(row, rank) - BIAS, within(1e-5));
                assertThat(logit(row, rank)).isLessThanOrEqualTo(last);
                last = logit(row, rank);
            }
        }
    }

    /// The logit of the class of a rank.
    private static float logit(float[] row, int rank) {
        int named = (int) row[BEST * PLACES + rank];
        return row[BEST * PLACES + BEST + named];
    }

    /// From `low` to 1.
    private static float[] numbers(long seed, int count, float low) {
        var random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = low + (1 - low) * random.nextFloat();
        }
        return numbers;
    }
}
