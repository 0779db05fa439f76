package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxWriterTest {

    @Test
    void equalGraphsGiveEqualBytes() {
        Map<String, String> oneOrder = new LinkedHashMap<>();
        oneOrder.put("a", "1");
        oneOrder.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(OnnxWriter.write(graph(3), oneOrder)).isEqualTo(OnnxWriter.write(graph(3), other));
        assertThat(OnnxWriter.write(graph(3), oneOrder)).isNotEqualTo(OnnxWriter.write(graph(4), oneOrder));
    }

    @Test
    void readsBackInputsOutputsAndMetadata() {
        OnnxFile file = OnnxFile.read(OnnxWriter.write(graph(3), Map.of("fovea.manifest", "{}")));

        assertThat(file.producer()).isEqualTo("fovea");
        assertThat(file.opset()).isEqualTo(OnnxWriter.OPSET);
        assertThat(file.operators()).isEqualTo(3);
        assertThat(file.externalData()).isFalse();
        assertThat(file.inputs()).containsExactly(new OnnxFile.TensorSpec("x", "float32", "(N, 3)"));
        assertThat(file.outputs()).containsExactly(new OnnxFile.TensorSpec("y", "float32", "(N, 1)"));
        assertThat(file.metadata()).containsExactly(Map.entry("fovea.manifest", "{}"));
    }

    @Test
    void refusesAGraphWithoutOutput() {
        assertThatThrownBy(() -> OnnxWriter.write(new Graph("empty"), Map.of()))
                .hasMessage("graph \"empty\" has no output");
    }

    @Test
    void refusesAFileThatIsNoOnnxModel() {
        assertThatThrownBy(() -> OnnxFile.read("hello, this is text".getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("not an ONNX file");
        assertThatThrownBy(() -> OnnxFile.read(new byte[0])).hasMessageStartingWith("not an ONNX file");
    }

    @Test
    void refusesANameThatIsTakenAndAConstantThatDoesNotFillItsShape() {
        var graph = graph(3);

        assertThatThrownBy(() -> graph.input("x", DataType.FLOAT32, Shape.batchOf(1)))
                .hasMessage("graph \"g\" already has a value named \"x\"");
        assertThatThrownBy(() -> graph.constant("c", new float[5], Shape.of(2, 3)))
                .hasMessage("constant c: 5 values do not fill the shape (2, 3)");
    }

    private static Graph graph(int size) {
        var graph = new Graph("g");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(size));
        graph.output("y", Reduce.sum(Elementwise.mul(x, graph.scalar(2)), 1));
        return graph;
    }
}
