package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphStepTest {

    @Test
    void stepsAreTheOperatorsThatAnOutputNeedsWithTheirConstants() {
        var graph = new Graph("steps");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(2, 5, 5));
        Value weight = graph.constant("weight", new float[3 * 2 * 9], Shape.of(3, 2, 3, 3));
        Value bias = graph.constant("bias", new float[3], Shape.of(3));
        Value y = Linear.conv(x, weight, bias, Conv.same(3));
        Elementwise.neg(y);
        Value z = Elementwise.relu(y);
        graph.output("z", z);

        assertThat(GraphStep.of(graph))
                .containsExactly(
                        new GraphStep("Conv", List.of(weight, bias), y, 3 * 25 * 18),
                        new GraphStep("Relu", List.of(), z, 0));
    }
}
