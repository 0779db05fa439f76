package dev.fovea.onnx.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeInferenceTest {

    private final Graph graph = new Graph("test");

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesAMistakeAtItsLineNamingTheShapes(Function<Graph, Value> mistake, String message) {
        assertThatThrownBy(() -> mistake.apply(graph))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Arguments> mistakes() {
        return List.of(
                of(
                        "inner sizes",
                        g -> Linear.matMul(in(g, 4, 32), in(g, 16, 8)),
                        "MatMul: inner sizes differ: left (N, 4, 32), right (N, 16, 8)"),
                of(
                        "outer sizes",
                        g -> Linear.matMul(in(g, 3, 4, 5), in(g, 2, 5, 6)),
                        "MatMul: shapes do not broadcast: left (N, 3), right (N, 2) (3 against 2)"),
                of(
                        "a vector",
                        g -> Linear.matMul(in(g, 4, 4), g.constant("v", new float[4], Shape.of(4))),
                        "MatMul: both need two dimensions: left (N, 4, 4), right (4)"),
                of(
                        "broadcast",
                        g -> Elementwise.add(in(g, 4, 32), in(g, 4, 31)),
                        "Add: shapes do not broadcast: left (N, 4, 32), right (N, 4, 31) (32 against 31)"),
                of(
                        "names",
                        g -> Elementwise.mul(named(g, "N"), named(g, "M")),
                        "Mul: shapes do not broadcast: left (N, 2), right (M, 2) (N against M)"),
                of(
                        "types",
                        g -> Elementwise.sub(in(g, 2), Elementwise.cast(in(g, 2), DataType.INT64)),
                        "Sub: element types differ"),
                of("condition", g -> Elementwise.where(in(g, 2), in(g, 2), in(g, 2)), "the condition must be BOOL"),
                of(
                        "reshape",
                        g -> Layout.reshape(in(g, 4, 4), Shape.batchOf(15)),
                        "Reshape: (N, 4, 4) does not fill (N, 15)"),
                of(
                        "reshape loses the batch",
                        g -> Layout.reshape(in(g, 4, 4), Shape.of(16)),
                        "Reshape: (N, 4, 4) does not fill (16)"),
                of("permutation", g -> Layout.transpose(in(g, 4, 4), 0, 1, 1), "[0, 1, 1] is no permutation"),
                of("slice", g -> Layout.slice(in(g, 4), 1, 2, 5), "Slice: [2, 5) leaves axis 1 of (N, 4), which has 4"),
                of(
                        "slice of a named size",
                        g -> Layout.slice(in(g, 4), 0, 0, 1),
                        "must have a fixed size, not the name N"),
                of("concat", g -> Layout.concat(List.of(in(g, 2, 3), in(g, 2, 4)), 1), "differ outside axis 1"),
                of("axis", g -> Reduce.sum(in(g, 4), 2), "axis 2 is outside (N, 4) of rank 2"),
                of("gemm", g -> Linear.gemm(in(g, 4), in(g, 5), in(g, 6)), "Gemm: (N, K), (L, K) and (L) wanted"),
                of(
                        "conv",
                        g -> Linear.conv(
                                in(g, 1, 2, 2),
                                weight(g, 5),
                                g.constant("b", new float[1], Shape.of(1)),
                                Conv.valid(5)),
                        "a kernel that covers 5 does not fit into (N, 1, 2, 2)"),
                of(
                        "pointwise",
                        g -> Linear.pointwise(in(g, 2, 9), new float[3], new float[1]),
                        "3 weights for 1 outputs"));
    }

    @Test
    void refusesAValueOfAnotherGraph() {
        var other = new Graph("other");

        assertThatThrownBy(() -> Elementwise.add(in(graph, 2), in(other, 2)))
                .hasMessageContaining("belongs to graph \"other\", not to \"test\"");
    }

    @Test
    void infersTheSizesOfAConvolution() {
        Value x = in(graph, 3, 9, 12);
        Value weight = graph.constant("w", new float[8 * 3 * 9], Shape.of(8, 3, 3, 3));
        Value bias = graph.constant("b", new float[8], Shape.of(8));

        assertThat(Linear.conv(x, weight, bias, Conv.same(3)).shape()).isEqualTo(Shape.batchOf(8, 9, 12));
        assertThat(Linear.conv(x, weight, bias, Conv.same(3).withStride(2)).shape())
                .isEqualTo(Shape.batchOf(8, 5, 6));
        assertThat(Linear.conv(x, weight, bias, Conv.valid(3)).shape()).isEqualTo(Shape.batchOf(8, 7, 10));
    }

    @Test
    void findsAFreshlyNamedSizeWhenReshaping() {
        Shape rows = Shape.of(Dim.named("rows"), Dim.of(8));

        assertThat(Layout.reshape(in(graph, 4, 8), rows).shape())
                .isEqualTo(rows)
                .hasToString("(rows, 8)");
    }

    private static Arguments of(String name, Function<Graph, Value> mistake, String message) {
        return argumentSet(name, mistake, message);
    }

    private static Value in(Graph graph, long... item) {
        return graph.input("x" + java.util.UUID.randomUUID(), DataType.FLOAT32, Shape.batchOf(item));
    }

    private static Value named(Graph graph, String name) {
        return graph.input(name + "x", DataType.FLOAT32, Shape.of(Dim.named(name), Dim.of(2)));
    }

    private static Value weight(Graph graph, int kernel) {
        return graph.constant("w", new float[kernel * kernel], Shape.of(1, 1, kernel, kernel));
    }
}
