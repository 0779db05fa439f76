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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operator in ONNX Runtime against values computed by hand; the input is (1, 2, 3) = 1 -2 3 / -4 5
/// -6.
class OperatorsRunTest {

    private static final float[] X = {1, -2, 3, -4, 5, -6};

    @ParameterizedTest
    @MethodSource("operators")
    void computesWhatItsNameSays(UnaryOperator<Value> operator, Shape shape, float[] expected) throws Exception {
        var graph = new Graph("test");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(2, 3));

        Value y = operator.apply(x);
        graph.output("y", y);

        assertThat(y.shape()).isEqualTo(shape);
        assertThat(GraphRun.run(graph, X, 1, 2, 3)).containsExactly(expected, within(1e-6f));
    }

    private static List<Arguments> operators() {
        Shape same = Shape.batchOf(2, 3);
        return List.of(
                of("add", x -> Elementwise.add(x, scalar(x, 1)), same, 2, -1, 4, -3, 6, -5),
                of("sub broadcasts", x -> Elementwise.sub(x, row(x)), same, 0, -4, 0, -5, 3, -9),
                of("mul", x -> Elementwise.mul(x, x), same, 1, 4, 9, 16, 25, 36),
                of("div", x -> Elementwise.div(x, scalar(x, 2)), same, .5f, -1, 1.5f, -2, 2.5f, -3),
                of("max", x -> Elementwise.max(x, scalar(x, 0)), same, 1, 0, 3, 0, 5, 0),
                of("min", x -> Elementwise.min(x, scalar(x, 0)), same, 0, -2, 0, -4, 0, -6),
                of("mod keeps the dividend's sign", x -> Elementwise.mod(x, scalar(x, 4)), same, 1, -2, 3, 0, 1, -2),
                of("abs", Elementwise::abs, same, 1, 2, 3, 4, 5, 6),
                of("neg", Elementwise::neg, same, -1, 2, -3, 4, -5, 6),
                of("sign", Elementwise::sign, same, 1, -1, 1, -1, 1, -1),
                of("relu", Elementwise::relu, same, 1, 0, 3, 0, 5, 0),
                of("reciprocal", Elementwise::reciprocal, same, 1, -.5f, 1f / 3, -.25f, .2f, -1f / 6),
                of("floor", x -> Elementwise.floor(half(x)), same, 0, -1, 1, -2, 2, -3),
                of("sqrt", x -> Elementwise.sqrt(Elementwise.mul(x, x)), same, 1, 2, 3, 4, 5, 6),
                of("atan", x -> Elementwise.atan(Elementwise.sign(x)), same, q(1), q(-1), q(1), q(-1), q(1), q(-1)),
                of("clip", x -> Elementwise.clip(x, -3, 2), same, 1, -2, 2, -3, 2, -3),
                of(
                        "where less",
                        x -> Elementwise.where(Elementwise.less(x, scalar(x, 0)), row(x), x),
                        same,
                        1,
                        2,
                        3,
                        1,
                        5,
                        3),
                of(
                        "where greater",
                        x -> Elementwise.where(Elementwise.greater(x, scalar(x, 2)), row(x), x),
                        same,
                        1,
                        -2,
                        3,
                        -4,
                        2,
                        -6),
                of(
                        "cast equal",
                        x -> Elementwise.cast(Elementwise.equal(x, row(x)), DataType.FLOAT32),
                        same,
                        1,
                        0,
                        1,
                        0,
                        0,
                        0),
                of(
                        "cast truncates",
                        x -> Elementwise.cast(Elementwise.cast(half(x), DataType.INT32), DataType.FLOAT32),
                        same,
                        0,
                        -1,
                        1,
                        -2,
                        2,
                        -3),
                of(
                        "softmax",
                        x -> Elementwise.softmax(Elementwise.mul(x, scalar(x, 0)), 2),
                        same,
                        t(),
                        t(),
                        t(),
                        t(),
                        t(),
                        t()),
                of("matMul", x -> Linear.matMul(x, column(x)), Shape.batchOf(2, 1), 6, -12),
                of(
                        "matMul from the left",
                        x -> Linear.matMul(matrix(x, 1, 2, 10, 1), x),
                        Shape.batchOf(1, 3),
                        6,
                        -15,
                        24),
                of(
                        "gemm",
                        x -> Linear.gemm(
                                Layout.reshape(x, Shape.batchOf(6)),
                                matrix(x, 2, 6, 1, 1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0),
                                list(x, 10, 20)),
                        Shape.batchOf(2),
                        7,
                        22),
                of(
                        "conv keeps the size",
                        x -> Linear.conv(
                                Layout.reshape(x, Shape.batchOf(1, 2, 3)),
                                ones(x, 1, 1, 3, 3),
                                list(x, 1),
                                Conv.same(3)),
                        Shape.batchOf(1, 2, 3),
                        1,
                        -2,
                        1,
                        1,
                        -2,
                        1),
                of(
                        "pointwise",
                        x -> Linear.pointwise(x, new float[] {1, 1, 2, 0}, new float[] {0, 1}),
                        same,
                        -3,
                        3,
                        -3,
                        3,
                        -3,
                        7),
                of("reshape", x -> Layout.reshape(x, Shape.batchOf(3, 2)), Shape.batchOf(3, 2), 1, -2, 3, -4, 5, -6),
                of("transpose", x -> Layout.transpose(x, 0, 2, 1), Shape.batchOf(3, 2), 1, -4, -2, 5, 3, -6),
                of(
                        "padEdge",
                        x -> Layout.padEdge(x, List.of(0, 0, 1), List.of(0, 0, 0)),
                        Shape.batchOf(2, 4),
                        1,
                        1,
                        -2,
                        3,
                        -4,
                        -4,
                        5,
                        -6),
                of("slice", x -> Layout.slice(x, 2, 1, 3), Shape.batchOf(2, 2), -2, 3, 5, -6),
                of(
                        "gather",
                        x -> Layout.gather(x, x.graph().constant("i", 2L, 0L), -1),
                        Shape.batchOf(2, 2),
                        3,
                        1,
                        -6,
                        -4),
                of(
                        "gather by rows of indices",
                        x -> Layout.gather(x, x.graph().constant("i", new long[] {1, 0, 1, 1}, Shape.of(2, 2)), 1),
                        Shape.batchOf(2, 2, 3),
                        -4,
                        5,
                        -6,
                        1,
                        -2,
                        3,
                        -4,
                        5,
                        -6,
                        -4,
                        5,
                        -6),
                of(
                        "concat",
                        x -> Layout.concat(List.of(x, x), 1),
                        Shape.batchOf(4, 3),
                        1,
                        -2,
                        3,
                        -4,
                        5,
                        -6,
                        1,
                        -2,
                        3,
                        -4,
                        5,
                        -6),
                of("sum", x -> Reduce.sum(x, 1), Shape.batchOf(1, 3), -3, 3, -3),
                of("mean", x -> Reduce.mean(x, -1), Shape.batchOf(2, 1), 2f / 3, -5f / 3),
                of("max of an axis", x -> Reduce.max(x, -1), Shape.batchOf(2, 1), 3, 5),
                of("l1", x -> Reduce.l1(x, -1), Shape.batchOf(2, 1), 6, 15),
                of(
                        "l2",
                        x -> Reduce.l2(x, 1),
                        Shape.batchOf(1, 3),
                        (float) Math.sqrt(17),
                        (float) Math.sqrt(29),
                        (float) Math.sqrt(45)));
    }

    private static Arguments of(String name, UnaryOperator<Value> operator, Shape shape, float... expected) {
        return argumentSet(name, operator, shape, expected);
    }

    private static float q(int sign) {
        return (float) (sign * Math.PI / 4);
    }

    private static float t() {
        return 1f / 3;
    }

    private static Value half(Value x) {
        return Elementwise.mul(x, scalar(x, .5f));
    }

    private static Value scalar(Value x, float value) {
        return x.graph().scalar(value);
    }

    private static Value row(Value x) {
        return list(x, 1, 2, 3);
    }

    private static Value column(Value x) {
        return matrix(x, 3, 1, 1, 2, 3);
    }

    private static Value list(Value x, float... values) {
        return x.graph().constant("list", values, Shape.of(values.length));
    }

    private static Value matrix(Value x, long rows, long columns, float... values) {
        return x.graph().constant("matrix", values, Shape.of(rows, columns));
    }

    private static Value ones(Value x, long... sizes) {
        float[] values = new float[(int) Shape.of(sizes).fixedElements()];
        java.util.Arrays.fill(values, 1);
        return x.graph().constant("ones", values, Shape.of(sizes));
    }
}
