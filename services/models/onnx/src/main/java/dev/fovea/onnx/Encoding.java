package dev.fovea.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.TensorShapeProto;
import dev.fovea.onnx.proto.TypeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/// The parts of a graph as ONNX's messages.
final class Encoding {

    private static final int MAX_HALF = 65_504;

    private Encoding() {}

    static ValueInfoProto valueInfo(String name, DataType type, Shape shape) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.code())
                                .setShape(shape(shape))))
                .build();
    }

    static TensorShapeProto shape(Shape shape) {
        var proto = TensorShapeProto.newBuilder();
        for (Dim dim : shape.dims()) {
            proto.addDim(dim(dim));
        }
        return proto.build();
    }

    static TensorShapeProto.Dimension dim(Dim dim) {
        var size = TensorShapeProto.Dimension.newBuilder();
        return switch (dim) {
            case Dim.Fixed fixed -> size.setDimValue(fixed.size()).build();
            case Dim.Named named -> size.setDimParam(named.name()).build();
        };
    }

    static TensorProto tensor(Initializer initializer) {
        Value value = initializer.value();
        var proto = TensorProto.newBuilder()
                .setName(value.name())
                .setDataType(value.type().code())
                .setRawData(content(initializer));
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            proto.addDims(value.shape().size(axis));
        }
        return proto.build();
    }

    private static ByteString content(Initializer initializer) {
        Value value = initializer.value();
        ByteBuffer content = value.type() == DataType.FLOAT16 ? halves(initializer) : initializer.content();
        return UnsafeByteOperations.unsafeWrap(content); // nobody writes to it: large weights need no copy
    }

    private static ByteBuffer halves(Initializer initializer) {
        FloatBuffer floats = initializer.floats();
        ByteBuffer halves =
                ByteBuffer.allocate(floats.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            float number = floats.get();
            short half = Float.floatToFloat16(number);
            if (Float.isFinite(number) && !Float.isFinite(Float.float16ToFloat(half))) {
                throw new IllegalArgumentException(
                        "constant " + initializer.value().name() + " holds " + number + ", float16 reaches " + MAX_HALF
                                + ": keep it in float32");
            }
            halves.putShort(half);
        }
        return halves.flip();
    }

    /// An operator that gives a value a second name.
    static NodeProto copy(String name, String from, String to) {
        return NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(from)
                .addOutput(to)
                .build();
    }

    static NodeProto node(Node node) {
        var proto = NodeProto.newBuilder()
                .setOpType(node.operator())
                .setName(node.outputs().getFirst().name())
                .addAllInput(node.inputs().stream().map(Value::name).toList())
                .addAllOutput(node.outputs().stream().map(Value::name).toList());
        node.attributes().forEach((name, attribute) -> proto.addAttribute(attribute(name, attribute)));
        return proto.build();
    }

    private static AttributeProto attribute(String name, Attribute attribute) {
        var proto = AttributeProto.newBuilder().setName(name);
        return switch (attribute) {
            case Attribute.WholeNumber number ->
                proto.setType(AttributeProto.AttributeType.INT)
                        .setI(number.value())
                        .build();
            case Attribute.Real real ->
                proto.setType(AttributeProto.AttributeType.FLOAT)
                        .setF(real.value())
                        .build();
            case Attribute.Text text ->
                proto.setType(AttributeProto.AttributeType.STRING)
                        .setS(ByteString.copyFromUtf8(text.value()))
                        .build();
            case Attribute.WholeNumbers numbers -> wholeNumbers(proto, numbers.values());
        };
    }

    private static AttributeProto wholeNumbers(AttributeProto.Builder proto, List<Long> values) {
        return proto.setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }
}
