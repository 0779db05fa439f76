package dev.fovea.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.protobuf.ByteString;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxInitializersTest {

    @Test
    void readsWhatTheWriterWrote() {
        var graph = new Graph("g");
        Value x = graph.input("x", DataType.FLOAT32, Shape.batchOf(2));
        Value single = graph.constant("single", new float[] {1, 2}, Shape.of(1, 2));
        Value half = graph.constant("half", new float[] {.5f, -3}, Shape.of(2), DataType.FLOAT16);
        graph.output("y", Elementwise.add(Elementwise.mul(x, single), Elementwise.cast(half, DataType.FLOAT32)));

        OnnxInitializers tensors = OnnxInitializers.read(OnnxWriter.write(graph, Map.of()));

        assertThat(tensors.names()).containsExactly("single_1", "half_1");
        assertThat(tensors.shape("single_1")).isEqualTo(Shape.of(1, 2));
        assertThat(tensors.values("single_1")).containsExactly(1, 2);
        assertThat(tensors.values("half_1")).containsExactly(.5f, -3);
        assertThatThrownBy(() -> tensors.values("other"))
                .hasMessage("no constant tensor \"other\" among the 2 of the file");
    }

    @ParameterizedTest
    @MethodSource("contents")
    void readsEveryTypeAndField(TensorProto tensor, float[] expected) {
        OnnxInitializers tensors = read(tensor);

        assertThat(tensors.shape("t")).isEqualTo(Shape.of(2));
        assertThat(tensors.values("t")).containsExactly(expected);
    }

    private static List<Arguments> contents() {
        short half = Float.floatToFloat16(-1.5f);
        short brain = (short) (Float.floatToIntBits(-1.5f) >>> 16);
        return List.of(
                of("float32", raw(1, bytes(8).putFloat(1).putFloat(-1.5f)), 1, -1.5f),
                of("uint8", raw(2, bytes(2).put((byte) 200).put((byte) 3)), 200, 3),
                of("int8", raw(3, bytes(2).put((byte) 200).put((byte) 3)), -56, 3),
                of("int32", raw(6, bytes(8).putInt(-7).putInt(9)), -7, 9),
                of("int64", raw(7, bytes(16).putLong(-7).putLong(9)), -7, 9),
                of("float16", raw(10, bytes(4).putShort(half).putShort((short) 0)), -1.5f, 0),
                of("float64", raw(11, bytes(16).putDouble(-7).putDouble(.1)), -7, .1f),
                of("bfloat16", raw(16, bytes(4).putShort(brain).putShort((short) 0)), -1.5f, 0),
                of("typed float32", tensor(1).addFloatData(1).addFloatData(2).build(), 1, 2),
                of("typed uint8", tensor(2).addInt32Data(200).addInt32Data(2).build(), 200, 2),
                of("typed int64", tensor(7).addInt64Data(-5).addInt64Data(2).build(), -5, 2),
                of(
                        "typed float64",
                        tensor(11).addDoubleData(.1).addDoubleData(2).build(),
                        .1f,
                        2),
                of(
                        "typed float16",
                        tensor(10).addInt32Data(half & 0xffff).addInt32Data(0).build(),
                        -1.5f,
                        0),
                of(
                        "typed bfloat16",
                        tensor(16).addInt32Data(brain & 0xffff).addInt32Data(0).build(),
                        -1.5f,
                        0));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesATensorThatDoesNotHoldWhatItDeclares(TensorProto tensor, String message) {
        assertThatThrownBy(() -> read(tensor).values("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<Arguments> hostile() {
        TensorProto.Builder typed = tensor(1).addFloatData(1);
        return List.of(
                refused("truncated", raw(1, bytes(7)), "tensor t: 7 bytes do not fill (2) of FLOAT32, 4 bytes each"),
                refused("huge", sized(1L << 40), "8 bytes do not fill (1099511627776) of FLOAT32"),
                refused("beyond counting", sized(1L << 40, 1L << 40), "has more elements than can be"),
                refused("negative", sized(-2), "tensor t: size -2 of axis 0 is below 0"),
                refused("few typed numbers", typed.build(), "1 numbers do not fill (2) of FLOAT32"),
                refused("empty", tensor(1).build(), "0 numbers do not fill (2) of FLOAT32"),
                refused("text", tensor(8).build(), "tensor t has ONNX type 8, which gives no numbers here"),
                refused("external", external(), "tensor t lies in another file"));
    }

    @Test
    void refusesAShapeWhoseElementsCannotBeCounted() {
        OnnxInitializers tensors = read(sized(1L << 40, 1L << 40, 0));

        assertThatThrownBy(() -> tensors.shape("t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor t: (1099511627776, 1099511627776, 0) has more elements than can be");
    }

    @Test
    void countsTensorsOfConstantOperatorsAndTellsWeightsFromSettings() {
        var constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("made")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("value")
                        .setT(tensor(1).addFloatData(3).addFloatData(4)));
        var axes = tensor(7).setName("axes").addInt64Data(0).addInt64Data(1);
        var model = ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(GraphProto.newBuilder().addNode(constant).addInitializer(axes));

        OnnxInitializers tensors = OnnxInitializers.read(model.build().toByteArray());

        assertThat(tensors.names()).containsExactly("axes", "made");
        assertThat(tensors.values("made")).containsExactly(3, 4);
        assertThat(tensors.isWeight("made")).isTrue();
        assertThat(tensors.isWeight("axes")).isFalse();
    }

    private static OnnxInitializers read(TensorProto tensor) {
        var model = ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(GraphProto.newBuilder().addInitializer(tensor));
        return OnnxInitializers.read(model.build().toByteArray());
    }

    private static TensorProto.Builder tensor(int type) {
        return TensorProto.newBuilder().setName("t").setDataType(type).addDims(2);
    }

    private static TensorProto raw(int type, ByteBuffer content) {
        return tensor(type).setRawData(ByteString.copyFrom(content.rewind())).build();
    }

    private static TensorProto sized(long... sizes) {
        TensorProto.Builder tensor = tensor(1).clearDims().setRawData(ByteString.copyFrom(new byte[8]));
        for (long size : sizes) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    private static TensorProto external() {
        return tensor(1).setDataLocation(TensorProto.DataLocation.EXTERNAL).build();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Arguments of(String name, TensorProto tensor, float... expected) {
        return argumentSet(name, tensor, expected);
    }

    private static Arguments refused(String name, TensorProto tensor, String message) {
        return argumentSet(name, tensor, message);
    }
}
