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
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Elementwise operators in ONNX Runtime against Java's mathematics, in float32 and in float16.
class ElementwiseRunTest {

    private static final float[] X = {.25f, 1, 2.5f, 4};

    @ParameterizedTest
    @MethodSource("operators")
    void computesWhatItsNameSays(UnaryOperator<Value> operator, DoubleUnaryOperator expected) throws Exception {
        assertEach(run(operator, DataType.FLOAT32), expected, 1e-5f);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void computesInHalfPrecisionToo(UnaryOperator<Value> operator, DoubleUnaryOperator expected) throws Exception {
        assertEach(run(operator, DataType.FLOAT16), expected, .05f);
    }

    @Test
    void castingToTheTypeItHasGivesTheValueItself() {
        Value x = new Graph("test").input("x", DataType.FLOAT16, Shape.batchOf(4));

        assertThat(Elementwise.cast(x, DataType.FLOAT16)).isSameAs(x);
    }

    private static List<Arguments> operators() {
        return List.of(
                of("tanh", Elementwise::tanh, Math::tanh),
                of("sigmoid", Elementwise::sigmoid, x -> 1 / (1 + Math.exp(-x))),
                of("softplus", Elementwise::softplus, x -> Math.log1p(Math.exp(x))),
                of("exp", Elementwise::exp, Math::exp),
                of("log", Elementwise::log, Math::log),
                of("sqrt", Elementwise::sqrt, Math::sqrt),
                of("relu", x -> Elementwise.relu(Elementwise.offset(x, -2)), x -> Math.max(x - 2, 0)),
                of("pow", x -> Elementwise.pow(x, 1.5f), x -> Math.pow(x, 1.5)),
                of("scale", x -> Elementwise.scale(x, -3), x -> -3 * x),
                of("offset", x -> Elementwise.offset(x, 7), x -> x + 7),
                of("clip", x -> Elementwise.clip(x, .5f, 3), x -> Math.clamp(x, .5, 3)),
                of("mod", x -> Elementwise.mod(x, one(x)), x -> x % 1),
                of("greaterOrEqual", x -> Elementwise.greaterOrEqual(x, one(x)), x -> x >= 1 ? 1 : 0),
                of("not", x -> Elementwise.not(Elementwise.greater(x, one(x))), x -> x > 1 ? 0 : 1),
                of("and", ElementwiseRunTest::between, x -> x >= 1 && x < 3 ? 1 : 0),
                of("softmax", x -> Elementwise.softmax(x, 1), ElementwiseRunTest::softmax),
                of(
                        "pointwise",
                        x -> Layout.flatten(Linear.pointwise(Layout.unsqueeze(x, 1), new float[] {2}, new float[] {1})),
                        x -> 2 * x + 1));
    }

    private static float[] run(UnaryOperator<Value> operator, DataType type) throws Exception {
        var graph = new Graph("test");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(4));
        graph.output("y", Elementwise.cast(operator.apply(Elementwise.cast(x, type)), DataType.FLOAT32));
        return GraphRun.run(graph, X, 1, 4);
    }

    private static void assertEach(float[] actual, DoubleUnaryOperator expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(X);
        for (int i = 0; i < X.length; i++) {
            assertThat(actual[i]).isCloseTo((float) expected.applyAsDouble(X[i]), within(tolerance));
        }
    }

    private static double softmax(double x) {
        double sum = 0;
        for (float one : X) {
            sum += Math.exp(one);
        }
        return Math.exp(x) / sum;
    }

    private static Value between(Value x) {
        Value three = x.graph().scalar(3, x.type());
        return Elementwise.and(Elementwise.greaterOrEqual(x, one(x)), Elementwise.less(x, three));
    }

    private static Value one(Value x) {
        return x.graph().scalar(1, x.type());
    }

    private static Arguments of(String name, UnaryOperator<Value> operator, DoubleUnaryOperator expected) {
        return argumentSet(name, operator, expected);
    }
}
