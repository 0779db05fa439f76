package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignMistakesTest {

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesWhatDoesNotFit(UnaryOperator<ForeignModel> mistake, String message) {
        ForeignModel model = ForeignModel.read(ForeignFiles.body(17));

        assertThatThrownBy(() -> mistake.apply(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Arguments> mistakes() {
        Shape maps = Shape.batchOf(2, 2, 3);
        Shape square = Shape.of(Dim.named("N"), Dim.of(2), Dim.named("N"), Dim.of(3));
        return List.of(
                of("input", m -> m.withInputShape("x", maps), "no input x among [input]"),
                of("channels", m -> m.withInputShape("input", Shape.batchOf(3, 2, 3)), "which cannot be (N, 3, 2, 3)"),
                of("rank", m -> m.withInputShape("input", Shape.batchOf(2)), "input is (batch, 2, height, width) in"),
                of("value", m -> m.withOutput("relu"), "computes a value relu; outputs are [pooled], the last values"),
                of("an input is not computed", m -> m.withOutput("input"), "computes a value input"),
                of("output", m -> m.withOnlyOutputs(List.of("y")), "no output y among [pooled]"),
                of("head's type", m -> head(m, "pooled", DataType.FLOAT16, "y"), "pooled is FLOAT32 in the file, not"),
                of(
                        "head's shape",
                        m -> head(m, "pooled", DataType.FLOAT32, "y"),
                        "value pooled is (batch, 2, 1, 1) in"),
                of("name", m -> head(m, "Relu_1", DataType.FLOAT32, "pooled"), "has an input or output pooled already"),
                of("front's output", m -> m.withFront("input", new Graph("f")), "graph \"f\" must have one input"),
                of("front's type", m -> m.withFront("input", bytes()), "input is FLOAT32 in the file, not UINT8"),
                of("pass through", m -> m.withHead("Relu_1", through(maps)), "passes its input through"),
                of("no output", m -> written(m.withOnlyOutputs(List.of())), "graph \"body\" has no output"),
                of("two meanings", m -> m.withInputShape("input", maps).withInputShape("input", square), "cannot be"));
    }

    @Test
    void refusesFilesItCannotEdit() {
        assertThatThrownBy(() -> ForeignModel.read("text".getBytes(StandardCharsets.UTF_8)))
                .hasMessageStartingWith("not an ONNX file");
        assertThatThrownBy(() -> ForeignModel.read(ForeignFiles.withExternalWeights()))
                .hasMessageStartingWith("tensor w lies in another file");
    }

    @Test
    void valuesThatBranchesTakeFromOutsideAreFollowed() throws Exception {
        byte[] file = ForeignModel.read(ForeignFiles.branches())
                .withFront("input", ForeignModelTest.front("images"))
                .toBytes();

        byte[] pixels = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 0, 0, 0, 0, 0, 51};
        assertThat(ForeignRun.runPixels(file, pixels, 1, 2, 3, 2).get("y"))
                .containsExactly(new float[] {0, .4f, .8f, 0, 0, 0, .2f, .6f, 1, 0, 0, .2f}, within(1e-6f));
    }

    @Test
    void takesANameFromAValueOfABranch() throws Exception {
        byte[] file = ForeignModel.read(ForeignFiles.branches())
                .withOutput("y", "then_branch_y", DataType.FLOAT32, Shape.batchOf(2, 2, 3))
                .withOnlyOutputs(List.of("then_branch_y"))
                .toBytes();

        float[] x = {-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6};
        assertThat(ForeignRun.output(file, "then_branch_y", x, 1, 2, 2, 3))
                .containsExactly(0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6);
    }

    private static ForeignModel head(ForeignModel model, String value, DataType type, String output) {
        var head = new Graph("head");
        head.output(output, Elementwise.relu(head.input("maps", type, Shape.batchOf(2, 2, 3))));
        return model.withHead(value, head);
    }

    private static Graph bytes() {
        var front = new Graph("front");
        Value pixels = front.input("x", DataType.UINT8, Shape.batchOf(2, 2, 3));
        front.output("y", Elementwise.max(pixels, pixels));
        return front;
    }

    private static Graph through(Shape shape) {
        var head = new Graph("head");
        head.output("y", head.input("x", DataType.FLOAT32, shape));
        return head;
    }

    private static ForeignModel written(ForeignModel model) {
        return ForeignModel.read(model.toBytes());
    }

    private static Arguments of(String name, UnaryOperator<ForeignModel> mistake, String message) {
        return argumentSet(name, mistake, message);
    }
}
