package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
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

    @Test
    void leavesOutWhatNoOutputNeedsAndWritesASharedConstantOnce() {
        var graph = graph(3);
        Value weight = graph.constant("shared", new float[100], Shape.of(100));
        Value unused = Elementwise.add(weight, graph.constant("unused", new float[100], Shape.of(100)));
        graph.output("z", Elementwise.relu(Elementwise.add(weight, weight)));

        OnnxFile file = OnnxFile.read(OnnxWriter.write(graph, Map.of()));

        assertThat(unused.name()).isEqualTo("Add_1");
        assertThat(file.operators()).isEqualTo(3 + 3);
        assertThat(OnnxWriter.write(graph, Map.of()).length).isBetween(400, 1000);
    }

    @Test
    void refusesAConstantAndAGraphThatAFileCannotHold() {
        assertThatThrownBy(() -> FileLimit.require("head.weight", Shape.of(262_144, 2_100), DataType.FLOAT32))
                .hasMessage("head.weight FLOAT32(262144, 2100) takes 2202009600 bytes, an ONNX file at most 2147483647:"
                        + " use float16, fewer classes or a smaller head, a compact pooling or PCA");
        assertThatThrownBy(() -> FileLimit.require("w", Shape.of(Long.MAX_VALUE, 2), DataType.FLOAT32))
                .hasMessageContaining("an ONNX file at most 2147483647");
        var graph = graph(3);
        var half =
                new Initializer(new Value(graph, "w", DataType.FLOAT32, Shape.of(300_000_000)), ByteBuffer.allocate(0));

        assertThatThrownBy(() -> FileLimit.require("bcnn", List.of(half, half), 5))
                .hasMessageStartingWith("graph \"bcnn\" takes 2400003584 bytes, an ONNX file at most 2147483647");
        assertThatCode(() -> FileLimit.require("bcnn", List.of(half), 5)).doesNotThrowAnyException();
    }

    @Test
    void roundsHalvesToTheNearestAndRefusesWhatTheyCannotReach() throws Exception {
        var graph = new Graph("halves");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(3));
        float[] numbers = {1 / 3f, -65_504, 1e-7f};
        Value halves = graph.constant("c", numbers, Shape.of(3), DataType.FLOAT16);
        graph.output("y", Elementwise.add(x, Elementwise.cast(halves, DataType.FLOAT32)));

        assertThat(GraphRun.run(graph, new float[3], 1, 3)).containsExactly(0.33325195f, -65_504, 1.1920929e-7f);
        graph.output(
                "z", Elementwise.relu(graph.constant("large", new float[] {70_000}, Shape.of(1), DataType.FLOAT16)));
        assertThatThrownBy(() -> OnnxWriter.write(graph, Map.of()))
                .hasMessage("constant large_1 holds 70000.0, float16 reaches 65504: keep it in float32");
    }

    private static Graph graph(int size) {
        var graph = new Graph("g");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(size));
        graph.output("y", Reduce.sum(Elementwise.mul(x, graph.scalar(2)), 1));
        return graph;
    }
}
