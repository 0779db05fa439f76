package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.op.Normalization;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchNormFoldingTest {

    private static final int CHANNELS = 3;
    private static final float[] X = random(new Random(1), CHANNELS * 5 * 5, 0);

    private final Random random = new Random(2);
    private final Graph graph = new Graph("test");
    private final Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(CHANNELS, 5, 5));

    @Test
    void givesTheSameAnswersWithoutBatchNormalization() throws Exception {
        Value biased = norm(Linear.conv(x, weight(), constant(CHANNELS, 0), Conv.same(3)));
        Value plain = norm(
                Linear.conv(Elementwise.relu(biased), weight(), Conv.same(3).withStride(2)));
        graph.output("y", Elementwise.relu(plain));

        Graph folded = graph.withBatchNormFolded();

        assertThat(operators(graph)).filteredOn("BatchNormalization"::equals).hasSize(2);
        assertThat(operators(folded)).containsExactly("Conv", "Relu", "Conv", "Relu");
        assertSameAnswers(folded, 1e-5f);
    }

    @Test
    void convolutionsThatShareWeightsShareTheFoldedOnes() throws Exception {
        Value weight = weight();
        List<Value> parameters =
                List.of(constant(CHANNELS, 0), constant(CHANNELS, 0), constant(CHANNELS, 0), constant(CHANNELS, 1));
        Value y = x;
        for (int pass = 0; pass < 3; pass++) {
            y = norm(Linear.conv(y, weight, Conv.same(3)), parameters);
        }
        graph.output("y", y);

        Graph folded = graph.withBatchNormFolded();

        assertThat(operators(folded)).containsExactly("Conv", "Conv", "Conv");
        assertThat(folded.initializers()).hasSize(2);
        assertSameAnswers(folded, 1e-5f);
    }

    @Test
    void leavesAConvolutionAloneWhoseResultSomebodyElseUses() throws Exception {
        Value conv = Linear.conv(x, weight(), Conv.same(3));
        graph.output("y", Elementwise.add(norm(conv), conv));

        Graph folded = graph.withBatchNormFolded();

        assertThat(operators(folded)).containsExactly("Conv", "BatchNormalization", "Add");
        assertSameAnswers(folded, 0);
    }

    @Test
    void foldsBeforeHalvesAreRounded() throws Exception {
        Value half = Elementwise.cast(x, DataType.FLOAT16);
        Value weight = constant(DataType.FLOAT16, 0, CHANNELS, CHANNELS, 1, 1);
        Value large = graph.constant("v", new float[] {1e6f, 1e6f, 1e6f}, Shape.of(CHANNELS), DataType.FLOAT16);
        Value one = constant(DataType.FLOAT16, 1, CHANNELS);
        Value y = Normalization.batchNorm(Linear.conv(half, weight, Conv.valid(1)), one, one, one, large, 1e-5f);
        graph.output("y", Elementwise.cast(y, DataType.FLOAT32));

        Graph folded = graph.withBatchNormFolded();

        assertThat(operators(folded)).containsExactly("Cast", "Conv", "Cast");
        assertThatThrownBy(() -> OnnxWriter.write(graph, Map.of())).hasMessageContaining("float16 reaches 65504");
        assertThat(GraphRun.run(folded, X, 1, CHANNELS, 5, 5)).hasSize(X.length);
    }

    private void assertSameAnswers(Graph folded, float tolerance) throws Exception {
        float[] expected = GraphRun.run(graph, X, 1, CHANNELS, 5, 5);

        assertThat(GraphRun.run(folded, X, 1, CHANNELS, 5, 5)).containsExactly(expected, within(tolerance));
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(Node::operator).toList();
    }

    private Value norm(Value y) {
        return norm(
                y, List.of(constant(CHANNELS, 0), constant(CHANNELS, 0), constant(CHANNELS, 0), constant(CHANNELS, 1)));
    }

    private static Value norm(Value y, List<Value> parameters) {
        return Normalization.batchNorm(
                y, parameters.get(0), parameters.get(1), parameters.get(2), parameters.get(3), 1e-3f);
    }

    private Value weight() {
        return constant(DataType.FLOAT32, 0, CHANNELS, CHANNELS, 3, 3);
    }

    private Value constant(int size, float offset) {
        return constant(DataType.FLOAT32, offset, size);
    }

    private Value constant(DataType type, float offset, long... sizes) {
        int count = (int) Shape.of(sizes).fixedElements();
        return graph.constant("c", random(random, count, offset), Shape.of(sizes), type);
    }

    /// Numbers between `offset - 0.5` and `offset + 0.5`.
    private static float[] random(Random random, int count, float offset) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = offset + random.nextFloat() - .5f;
        }
        return numbers;
    }
}
