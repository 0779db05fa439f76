package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;
import org.junit.jupiter.api.Test;

class GraphCostTest {

    @Test
    void aConvolutionCostsItsKernelAtEveryOutput() {
        var graph = new Graph("cost");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(2, 5, 5));
        Value weight = graph.constant("weight", new float[3 * 2 * 9], Shape.of(3, 2, 3, 3));
        Value bias = graph.constant("bias", new float[3], Shape.of(3));
        Value y = Linear.conv(x, weight, bias, Conv.same(3));
        graph.output("y", Linear.conv(y, graph.constant("w", new float[9], Shape.of(3, 3, 1, 1)), bias, Conv.same(1)));

        GraphCost cost = GraphCost.of(graph);

        assertThat(cost.parameters()).isEqualTo(54 + 3 + 9);
        assertThat(cost.multiplyAdds()).isEqualTo(3 * 25 * 18 + 3 * 25 * 3);
    }

    @Test
    void aMatrixProductCostsItsInnerSizeAtEveryOutput() {
        var graph = new Graph("cost");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(4));
        Value weight = graph.constant("weight", new float[20], Shape.of(5, 4));
        Value bias = graph.constant("bias", new float[5], Shape.of(5));
        graph.output("y", Linear.gemm(x, weight, bias));

        assertThat(GraphCost.of(graph)).isEqualTo(new GraphCost(25, 20));
    }

    @Test
    void whatNoOutputNeedsCostsNothing() {
        var graph = new Graph("cost");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(1, 4));
        Value needed = Linear.matMul(x, graph.constant("weight", new float[20], Shape.of(4, 5)));
        Linear.matMul(needed, graph.constant("weight", new float[10], Shape.of(5, 2)));
        graph.output("y", needed);

        assertThat(GraphCost.of(graph)).isEqualTo(new GraphCost(20, 20));
    }
}
