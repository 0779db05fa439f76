package dev.fovea.onnx.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.GraphRun;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators over maps in ONNX Runtime against values computed by hand; the input is (1, 1, 3, 3) = 5 1 2 /
/// 3 9 4 / 7 6 8.
class MapOperatorsRunTest {

    private static final float[] X = {5, 1, 2, 3, 9, 4, 7, 6, 8};
    private static final Window PADDED = Window.of(2, 2).withPadding(1);

    @ParameterizedTest
    @MethodSource({"pools", "samples", "orders", "layouts", "convolutions"})
    void computesWhatItsNameSays(UnaryOperator<Value> operator, Shape shape, float[] expected) throws Exception {
        var graph = new Graph("test");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(1, 3, 3));

        Value y = Elementwise.cast(operator.apply(x), DataType.FLOAT32);
        graph.output("y", y);

        assertThat(y.shape()).isEqualTo(shape);
        assertThat(GraphRun.run(graph, X, 1, 1, 3, 3)).containsExactly(expected, within(1e-5f));
    }

    @Test
    void unpoolingKeepsTheItemsOfABatchApart() throws Exception {
        var graph = new Graph("test");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(1, 1, 3));
        var window = new Window(1, 2, 0);
        graph.output("y", Pool.unpool(Pool.maxWithIndices(x, window), window, 1, 3));

        assertThat(GraphRun.run(graph, new float[] {1, 2, 3, 4, 5, 6}, 2, 1, 1, 3))
                .containsExactly(1, 0, 3, 4, 0, 6);
    }

    private static List<Arguments> pools() {
        Shape two = Shape.batchOf(1, 2, 2);
        Shape all = Shape.batchOf(1, 3, 3);
        Shape one = Shape.batchOf(1, 1, 1);
        return List.of(
                of("max", x -> Pool.max(x, PADDED), two, 5, 2, 7, 9),
                of("max's indices", x -> Pool.maxWithIndices(x, PADDED).indices(), two, 0, 2, 6, 4),
                of("average counts padding", x -> Pool.average(x, PADDED), two, 1.25f, .75f, 2.5f, 6.75f),
                of("globalAverage", Pool::globalAverage, one, 5),
                of("globalMax", Pool::globalMax, one, 9),
                of("unpool to a size that was cut", x -> unpool(x, PADDED), all, 5, 0, 2, 0, 9, 0, 7, 0, 0),
                of("unpool", x -> unpool(x, Window.of(2, 1)), all, 0, 0, 0, 0, 9, 0, 0, 0, 0),
                of("mean of two axes", x -> Reduce.mean(x, 2, -1), one, 5),
                of("min of two axes", x -> Reduce.min(x, 3, 2), one, 1));
    }

    private static List<Arguments> samples() {
        return List.of(
                of("linear", x -> Resample.linear(x, 1, 3, false), Shape.batchOf(1, 1, 3), 3, 9, 4),
                of(
                        "linear shrinks without smoothing",
                        x -> Resample.linear(x, 3, 2, false),
                        Shape.batchOf(1, 3, 2),
                        list(4, 1.75f, 4.5f, 5.25f, 6.75f, 7.5f)),
                of(
                        "linear with corners aligned",
                        x -> Resample.linear(x, 3, 5, true),
                        Shape.batchOf(1, 3, 5),
                        list(5, 3, 1, 1.5f, 2, 3, 6, 9, 6.5f, 4, 7, 6.5f, 6, 7, 8)),
                of(
                        "gridSample with corners aligned",
                        x -> Resample.gridSample(x, points(x, 0, 0, -1, -1, .5f, -1), true),
                        Shape.batchOf(1, 3, 1),
                        list(9, 5, 1.5f)),
                of(
                        "gridSample reads zeros beyond the border",
                        x -> Resample.gridSample(x, points(x, 0, 0, -1, -1, 1 / 3f, 0), false),
                        Shape.batchOf(1, 3, 1),
                        list(9, 1.25f, 6.5f)));
    }

    private static List<Arguments> orders() {
        Shape pairs = Shape.batchOf(1, 3, 2);
        return List.of(
                of("topK", x -> Order.topK(x, 2, 3).values(), pairs, 5, 2, 9, 4, 8, 7),
                of("topK's indices", x -> Order.topK(x, 2, -1).indices(), pairs, 0, 2, 1, 2, 2, 0),
                of("argMax", x -> Order.argMax(x, 3), Shape.batchOf(1, 3, 1), 0, 1, 2),
                of(
                        "gatherElements",
                        x -> Layout.gatherElements(x, Order.topK(x, 1, 3).indices(), 3),
                        Shape.batchOf(1, 3, 1),
                        list(5, 9, 8)));
    }

    private static List<Arguments> layouts() {
        Shape all = Shape.batchOf(1, 3, 3);
        return List.of(
                of("flatten", Layout::flatten, Shape.batchOf(9), X),
                of("expand", x -> Layout.expand(row(x), all), all, 5, 1, 2, 5, 1, 2, 5, 1, 2),
                of(
                        "expandLike repeats along the batch",
                        x -> Layout.expandLike(x.graph().constant("c", list(1, 2, 3), Shape.of(3)), x),
                        all,
                        list(1, 2, 3, 1, 2, 3, 1, 2, 3)),
                of("unsqueeze", x -> Layout.unsqueeze(row(x), -1), Shape.batchOf(1, 1, 3, 1), 5, 1, 2),
                of("squeeze", x -> Layout.squeeze(row(x), 1), Shape.batchOf(1, 3), 5, 1, 2),
                of(
                        "padZero",
                        x -> Layout.padZero(row(x), List.of(0, 0, 1, 0), List.of(0, 0, 0, 1)),
                        Shape.batchOf(1, 2, 4),
                        list(0, 0, 0, 0, 5, 1, 2, 0)));
    }

    private static List<Arguments> convolutions() {
        Shape all = Shape.batchOf(1, 3, 3);
        float spread = (float) Math.sqrt(60 / 9.0);
        return List.of(
                of(
                        "conv without bias, dilated",
                        x -> Linear.conv(x, ones(x, 1, 1, 2, 2), Conv.valid(2).withDilation(2)),
                        Shape.batchOf(1, 1, 1),
                        list(22)),
                of(
                        "conv in groups",
                        x -> Linear.conv(
                                Layout.concat(List.of(x, Elementwise.neg(x)), 1),
                                ones(x, 2, 1, 1, 1),
                                Conv.valid(1).withGroups(2).withStride(2)),
                        Shape.batchOf(2, 2, 2),
                        list(5, 2, 7, 8, -5, -2, -7, -8)),
                of("batchNorm", MapOperatorsRunTest::batchNorm, all, 1, -3, -2, -1, 5, 0, 3, 2, 4),
                of("instanceNorm", x -> Normalization.instanceNorm(x, only(x, spread), only(x, 5), 0), all, X));
    }

    private static Value batchNorm(Value x) {
        return Normalization.batchNorm(x, only(x, 2), only(x, 1), only(x, 5), only(x, 4), 0);
    }

    private static Value unpool(Value x, Window window) {
        return Pool.unpool(Pool.maxWithIndices(x, window), window, 3, 3);
    }

    private static Value points(Value x, float... xy) {
        Value points = x.graph().constant("points", xy, Shape.of(1, xy.length / 2, 1, 2));
        Value batch = Layout.reshape(Layout.slice(Layout.flatten(x), 1, 0, 6), Shape.batchOf(3, 1, 2));
        return Layout.expandLike(points, batch);
    }

    private static Value row(Value x) {
        return Layout.slice(x, 2, 0, 1);
    }

    private static Value only(Value x, float value) {
        return x.graph().constant("c", list(value), Shape.of(1));
    }

    private static Value ones(Value x, long... sizes) {
        float[] values = new float[(int) Shape.of(sizes).fixedElements()];
        java.util.Arrays.fill(values, 1);
        return x.graph().constant("ones", values, Shape.of(sizes));
    }

    private static float[] list(float... values) {
        return values;
    }

    private static Arguments of(String name, UnaryOperator<Value> operator, Shape shape, float... expected) {
        return argumentSet(name, operator, shape, expected);
    }
}
