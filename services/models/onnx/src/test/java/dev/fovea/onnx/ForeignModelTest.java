package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.op.Resample;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The foreign file computes `features = relu(2 input - 1)` of (batch, 2, height, width) and their mean,
/// `pooled`.
class ForeignModelTest {

    private static final byte[] PIXELS = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 10, 20, 30, 40, 50, 60};
    private static final Shape MAPS = Shape.batchOf(2, 2, 3);

    @ParameterizedTest
    @ValueSource(longs = {13, 17, 18, 20, 22})
    void frontBodyAndHeadGiveWhatJavaComputes(long opset) throws Exception {
        byte[] file = foreign(opset)
                .withFront("input", front("images"))
                .withHead("Relu_1", head("embedding"))
                .withOnlyOutputs(List.of("embedding"))
                .toBytes();

        OnnxFile read = OnnxFile.read(file);
        assertThat(read.opset()).isEqualTo(opset);
        assertThat(read.inputs()).containsExactly(new OnnxFile.TensorSpec("images", "uint8", "(N, 2, 3, 2)"));
        assertThat(read.outputs()).containsExactly(new OnnxFile.TensorSpec("embedding", "float32", "(N, 2)"));
        assertThat(ForeignRun.runPixels(file, PIXELS, 1, 2, 3, 2).get("embedding"))
                .containsExactly(embedding(), within(1e-6f));
    }

    @Test
    void keepsTheOutputsItHadAndDropsWhatNoOutputNeeds() throws Exception {
        ForeignModel both = foreign(17).withFront("input", front("images")).withHead("Relu_1", head("embedding"));

        Map<String, float[]> outputs = ForeignRun.runPixels(both.toBytes(), PIXELS, 1, 2, 3, 2);
        OnnxFile one = OnnxFile.read(both.withOnlyOutputs(List.of("pooled")).toBytes());

        assertThat(outputs).containsOnlyKeys("pooled", "embedding");
        assertThat(one.operators()).isEqualTo(3 + 5); // front: transpose, cast, scale
        assertThat(one.outputs()).extracting(OnnxFile.TensorSpec::name).containsExactly("pooled");
    }

    @Test
    void anInnerValueBecomesAnOutputWhoseShapeOnnxRuntimeFinds() throws Exception {
        ForeignModel sized = foreign(17).withInputShape("input", MAPS);
        byte[] asked = sized.withOutput("Relu_1").toBytes();

        assertThat(ForeignRun.shape(asked, "Relu_1")).containsExactly(-1, 2, 2, 3);

        byte[] file = sized.withOutput("Relu_1", "maps", DataType.FLOAT32, MAPS)
                .withOnlyOutputs(List.of("maps", "pooled"))
                .toBytes();
        float[] x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        Map<String, float[]> outputs = ForeignRun.run(file, x, 1, 2, 2, 3);
        assertThat(outputs.get("maps")).containsExactly(0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21);
        assertThat(outputs.get("pooled")).containsExactly(25 / 6f, 16);
    }

    @Test
    void followsTheNameOfASizeToWhereverItStands() {
        ForeignModel sized = foreign(17).withInputShape("input", MAPS);

        assertThat(sized.inputs()).extracting(ForeignValue::shape).containsExactly(java.util.Optional.of(MAPS));
        assertThat(sized.declared("pooled").orElseThrow().shape()).contains(Shape.batchOf(2, 1, 1));
        assertThat(sized.computed()).contains("Relu_1", "pooled");
        assertThat(sized.declared("Relu_1")).isEmpty();
    }

    @Test
    void takesANameFromAnInnerValue() throws Exception {
        ForeignModel model = foreign(17)
                .withOutput("pooled", "mean", DataType.FLOAT32, Shape.batchOf(2, 1, 1))
                .withFront("input", front("Relu_1"))
                .withOnlyOutputs(List.of("mean"))
                .withHead("pooled", flat("pooled"));

        Map<String, float[]> outputs = ForeignRun.runPixels(model.toBytes(), PIXELS, 1, 2, 3, 2);

        assertThat(model.inputs()).extracting(ForeignValue::name).containsExactly("Relu_1");
        assertThat(outputs).containsOnlyKeys("mean", "pooled");
        assertThat(outputs.get("pooled")).containsExactly(outputs.get("mean"));
    }

    @Test
    void anAdoptedModelCanBeAdoptedAgain() throws Exception {
        byte[] once = foreign(17)
                .withFront("input", front("images"))
                .withHead("pooled", flat("flat"))
                .toBytes();
        byte[] twice = ForeignModel.read(once)
                .withHead("flat", flatCopy("copy"))
                .withOnlyOutputs(List.of("copy", "flat"))
                .toBytes();

        Map<String, float[]> outputs = ForeignRun.runPixels(twice, PIXELS, 1, 2, 3, 2);

        assertThat(outputs.get("copy")).containsExactly(outputs.get("flat"));
    }

    @Test
    void samplesAGridInAnOlderOperatorSet() throws Exception {
        var head = new Graph("grid");
        Value maps = head.input("maps", DataType.FLOAT32, Shape.batchOf(2, 1, 1));
        Value grid = Layout.expandLike(
                head.constant("g", new float[2], Shape.of(1, 1, 1, 2)), Layout.transpose(maps, 0, 2, 3, 1));
        head.output("sampled", Resample.gridSample(maps, grid, true));

        byte[] file = foreign(17)
                .withFront("input", front("images"))
                .withHead("pooled", head)
                .toBytes();

        Map<String, float[]> outputs = ForeignRun.runPixels(file, PIXELS, 1, 2, 3, 2);
        assertThat(outputs.get("sampled")).containsExactly(outputs.get("pooled"), within(1e-6f));
    }

    @Test
    void equalEditsGiveEqualBytesAndMetadataIsReplaced() {
        ForeignModel model = foreign(17).withMetadata("b", "1").withMetadata("a", "old");

        byte[] file = model.withMetadata("a", "2").toBytes();

        assertThat(file)
                .isEqualTo(foreign(17)
                        .withMetadata("a", "2")
                        .withMetadata("b", "1")
                        .toBytes());
        assertThat(OnnxFile.read(file).metadata()).isEqualTo(Map.of("a", "2", "b", "1"));
    }

    @Test
    void refusesOperatorsThatAnOlderOperatorSetHasNot() {
        var resize = new Graph("resize");
        Value maps = resize.input("maps", DataType.FLOAT32, Shape.batchOf(2, 1, 1));
        resize.output("large", Resample.linear(maps, 4, 4, false));

        assertThatThrownBy(() -> foreign(17).withHead("pooled", resize))
                .hasMessageContaining("Resize with axes needs opset 18, the foreign file has opset 17");
        assertThatThrownBy(() -> foreign(12).withFront("input", front("images")))
                .hasMessage("graph \"front\" is written for opset 20 and can be put into files of opset 13 to 24,"
                        + " not of opset 12");
    }

    private static float[] embedding() {
        float[] means = new float[2];
        for (int i = 0; i < PIXELS.length; i++) {
            means[i % 2] += Math.max(2 * Byte.toUnsignedInt(PIXELS[i]) / 255f - 1, 0) / 6;
        }
        float norm = (float) Math.hypot(means[0], means[1]);
        return new float[] {means[0] / norm, means[1] / norm};
    }

    /// uint8 (N, 2, 3, 2) to float32 (N, 2, 2, 3), 0 to 1.
    static Graph front(String input) {
        var front = new Graph("front");
        Value images = front.input(input, DataType.UINT8, Shape.batchOf(2, 3, 2));
        Value planes = Elementwise.cast(Layout.transpose(images, 0, 3, 1, 2), DataType.FLOAT32);
        front.output("planes", Elementwise.scale(planes, 1 / 255f));
        return front;
    }

    /// Unit mean of maps, with operators that changed between operator sets.
    private static Graph head(String output) {
        var head = new Graph("head");
        Value means = Layout.flatten(Reduce.mean(head.input("maps", DataType.FLOAT32, MAPS), 2, 3));
        head.output(output, Elementwise.div(means, Reduce.l2(means, 1)));
        return head;
    }

    private static Graph flat(String output) {
        var head = new Graph("flat");
        head.output(output, Layout.flatten(head.input("maps", DataType.FLOAT32, Shape.batchOf(2, 1, 1))));
        return head;
    }

    private static Graph flatCopy(String output) {
        var head = new Graph("copy");
        head.output(output, Elementwise.offset(head.input("rows", DataType.FLOAT32, Shape.batchOf(2)), 0));
        return head;
    }

    private static ForeignModel foreign(long opset) {
        return ForeignModel.read(ForeignFiles.body(opset));
    }
}
