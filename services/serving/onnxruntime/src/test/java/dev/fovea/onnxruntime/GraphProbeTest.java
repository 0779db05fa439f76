package dev.fovea.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.inference.session.SessionException;
import dev.fovea.repository.ElementType;
import dev.fovea.repository.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphProbeTest {

    private static final TensorSpec INPUT = TinyModels.spec("x", ElementType.UINT8, 2, 3);

    @Test
    void sizesThatTheFileLeavesOpenAreLearned() throws SessionException {
        byte[] file = cast(-1, -1, -1);

        assertThat(GraphProbe.outputs(file, INPUT)).containsExactly(TinyModels.spec("y", ElementType.FLOAT32, 2, 3));
    }

    @Test
    void aFixedBatchIsRunAsItIs() throws SessionException {
        assertThat(GraphProbe.outputs(cast(3, 2, 3), INPUT))
                .containsExactly(TinyModels.spec("y", ElementType.FLOAT32, 2, 3));
    }

    @Test
    void anOutputThatDoesNotLeadWithTheBatchIsRefused() {
        byte[] file = new TinyOnnx()
                .input("x", TinyOnnx.UINT8, -1, -1, -1)
                .node("Cast", List.of("x"), "z", TinyOnnx.number("to", TinyOnnx.FLOAT))
                .node("ReduceMax", List.of("z"), "y", TinyOnnx.numbers("axes", 0))
                .output("y", TinyOnnx.FLOAT, -1, -1, -1)
                .bytes();

        assertThatThrownBy(() -> GraphProbe.outputs(file, INPUT))
                .isInstanceOf(SessionException.class)
                .hasMessage("output y is [1, 2, 3] for a batch of 2 items: its first size must be that of the batch");
    }

    @Test
    void whatOnnxRuntimeRefusesIsSaid() {
        assertThatThrownBy(() -> GraphProbe.outputs(new byte[] {1, 2, 3}, INPUT))
                .isInstanceOf(SessionException.class)
                .hasMessageStartingWith("ONNX Runtime refuses it: ");
        assertThatThrownBy(() -> GraphProbe.outputs(cast(-1, 4, 4), INPUT)).isInstanceOf(SessionException.class);
    }

    private static byte[] cast(long... shape) {
        return new TinyOnnx()
                .input("x", TinyOnnx.UINT8, shape)
                .node("Cast", List.of("x"), "y", TinyOnnx.number("to", TinyOnnx.FLOAT))
                .output("y", TinyOnnx.FLOAT, shape)
                .bytes();
    }
}
