package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

class ResponseMapsTest {

    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final int PLACES = HEIGHT * WIDTH;
    private static final int C = 5;
    private static final int CLASSES = 5;
    private static final int BEST = 3;
    private static final float BIAS = 0.25f;
    private static final float[] WEIGHT = numbers(2, CLASSES * C, -1);

    /// Per item: maps of the best classes, the classes' numbers, the logits of all classes.
    private static final int ROW = BEST * PLACES + BEST + CLASSES;

    private static Value average(Value features) {
        Value weight = features.graph().constant("w", WEIGHT, Shape.of(CLASSES, C));
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
    void everyPositionGetsItsShareOfAnAveragedScore() throws Exception {
        float[] features = numbers(7, 2 * C * PLACES, -1);

        assertSharesSum(LayerRun.run(ResponseMapsTest::average, features, 2, C, HEIGHT, WIDTH), 2);
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
