package dev.fovea.architectures.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.architectures.layers.ResponseForms.Factors;
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

class ResponseFormsTest {

    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    private static final int PLACES = HEIGHT * WIDTH;
    private static final int D = 2;
    private static final int E = 3;
    private static final int CLASSES = 5;
    private static final int BEST = 3;
    private static final float BIAS = 0.25f;
    private static final float[] WEIGHT = numbers(2, CLASSES * D * E, -1);

    /// Per item: forms of the best classes, the classes' numbers, the logits of all classes.
    private static final int ROW = BEST * D * E + BEST + CLASSES;

    private static UnaryOperator<Value> bilinear(float epsilon) {
        return both -> {
            Value x = Layout.slice(both, 1, 0, D);
            Value y = Layout.slice(both, 1, D, D + E);
            Value pooled = new MultimodalBilinearPool(epsilon).apply(x, y);
            Value weight = both.graph().constant("w", WEIGHT, Shape.of(CLASSES, D * E));
            Value logits = logits(pooled, weight);
            return row(ResponseForms.DEFAULT.of(x, y, pooled, logits, weight), logits);
        };
    }

    private static Value logits(Value vector, Value weight) {
        float[] biases = new float[CLASSES];
        Arrays.fill(biases, BIAS);
        return Linear.gemm(vector, weight, vector.graph().constant("b", biases, Shape.of(CLASSES)));
    }

    private static Value row(Factors factors, Value logits) {
        return Layout.concat(List.of(Layout.flatten(factors.forms()), factors.classes(), logits), 1);
    }

    @Test
    void everyPositionGetsItsShareOfTheScore() throws Exception {
        float[] features = numbers(7, 2 * (D + E) * PLACES, 0);

        float[] rows = LayerRun.run(bilinear(1e-10f), features, 2, D + E, HEIGHT, WIDTH);

        assertThat(rows).hasSize(2 * ROW);
        for (int item = 0; item < 2; item++) {
            float[] row = Arrays.copyOfRange(rows, item * ROW, (item + 1) * ROW);
            float[] seen = Arrays.copyOfRange(features, item * (D + E) * PLACES, (item + 1) * (D + E) * PLACES);
            float last = Float.MAX_VALUE;
            for (int rank = 0; rank < BEST; rank++) {
                assertThat(Arrays.stream(shares(row, rank, seen)).sum())
                        .isCloseTo(logit(row, rank) - BIAS, within(1e-5));
                assertThat(logit(row, rank)).isLessThanOrEqualTo(last);
                last = logit(row, rank);
            }
        }
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
            double[] shares = shares(row, rank, features);
            for (int p = 0; p < PLACES; p++) {
                double expected = p == hot ? logit(row, rank) - BIAS : 0;
                assertThat(shares[p]).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void aFormIsThePairsWeightTimesItsRoot() throws Exception {
        // One pair of channels: the unit vector's only entry is 1.
        UnaryOperator<Value> one = both -> {
            Value x = Layout.slice(both, 1, 0, 1);
            Value y = Layout.slice(both, 1, 1, 2);
            Value pooled = new MultimodalBilinearPool(0).apply(x, y);
            Value weight = both.graph().constant("w", new float[] {-2, 5}, Shape.of(2, 1));
            Value logits = Linear.matMul(pooled, Layout.transpose(weight, 1, 0));
            Factors factors = ResponseForms.DEFAULT.of(x, y, pooled, logits, weight);
            return Layout.concat(List.of(Layout.flatten(factors.forms()), factors.classes()), 1);
        };

        float[] row = LayerRun.run(one, new float[] {1, 3, 2, 2}, 1, 2, 1, 2);

        assertThat(row).containsExactly(new float[] {5, -2, 1, 0}, within(1e-6f));
    }

    @Test
    void productsThatCancelGiveNothing() throws Exception {
        float[] features = new float[(D + E) * PLACES];
        features[0] = 1;
        features[1] = -1; // the first channel of the first extractor, at two positions
        features[D * PLACES] = 1;
        features[D * PLACES + 1] = 1;

        float[] row = LayerRun.run(bilinear(1e-10f), features, 1, D + E, HEIGHT, WIDTH);

        assertThat(Arrays.copyOf(row, BEST * D * E)).containsOnly(0, -0f);
    }

    @Test
    void featuresThatArePairedWithThemselvesAreGivenOnce() throws Exception {
        UnaryOperator<Value> alone = x -> {
            Value pooled = MultimodalBilinearPool.DEFAULT.apply(x, x);
            Value weight = x.graph().constant("w", new float[CLASSES * D * D], Shape.of(CLASSES, D * D));
            Factors factors = ResponseForms.DEFAULT.of(x, x, pooled, logits(pooled, weight), weight);
            assertThat(factors.padded(1).outputs())
                    .extracting(ExplainingValue::name)
                    .containsExactly("response_forms", "response_classes", "response_features");
            return factors.padded(1).features().getFirst();
        };

        float[] padded = LayerRun.run(alone, new float[] {7, 8}, 1, D, 1, 1);

        assertThat(padded).containsExactly(0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0);
    }

    /// Of the class of a rank at every position, as whoever fetches the factors computes them.
    private static double[] shares(float[] row, int rank, float[] features) {
        var shares = new double[PLACES];
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < E; j++) {
                double form = row[(rank * D + i) * E + j];
                double sum = 0;
                for (int p = 0; p < PLACES; p++) {
                    sum += product(features, i, j, p);
                }
                for (int p = 0; p < PLACES && sum != 0; p++) {
                    shares[p] += form * product(features, i, j, p) / sum;
                }
            }
        }
        return shares;
    }

    private static double product(float[] features, int i, int j, int p) {
        return (double) features[i * PLACES + p] * features[(D + j) * PLACES + p];
    }

    /// The logit of the class of a rank.
    private static float logit(float[] row, int rank) {
        int named = (int) row[BEST * D * E + rank];
        return row[BEST * D * E + BEST + named];
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
