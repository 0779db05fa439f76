package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForeignOperandTest {

    private static ForeignModel layerBehindRelu() {
        var graph = new Graph("layer");
        Value x = Elementwise.relu(graph.input("x", DataType.FLOAT32, Shape.batchOf(2)));
        Value weight = graph.constant("fc.weight", new float[] {1, 2}, Shape.of(1, 2));
        graph.output("y", Linear.gemm(x, weight, graph.constant("fc.bias", new float[] {3}, Shape.of(1))));
        return ForeignModel.read(OnnxWriter.write(graph, Map.of()));
    }

    @Test
    void operandBesideWeightsIsTheInputOfTheirLayer() {
        ForeignModel model = layerBehindRelu();

        assertThat(model.operandBeside("fc.weight_1"))
                .isEqualTo(model.computed().getFirst());
    }

    @Test
    void refusesAConstantThatNoOperatorTakesSecond() {
        assertThatThrownBy(() -> layerBehindRelu().operandBeside("fc.bias_1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no operator takes fc.bias_1 for its weights");
    }
}
