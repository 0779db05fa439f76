package dev.fovea.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.OperatorSetIdProto;
import dev.fovea.onnx.proto.StringStringEntryProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.TensorShapeProto;
import dev.fovea.onnx.proto.TypeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns a graph into the bytes of an ONNX file.
///
/// Guarantees: equal graphs and metadata give equal bytes, so a digest identifies a model: metadata and
/// attributes are sorted by key, operators keep the order they were added in, and producer and versions are
/// fixed.
public final class OnnxWriter {

    /// The operator set every graph is written for: the first with linear GridSample, read by ONNX Runtime
    /// 1.17 and up.
    public static final long OPSET = 20;

    /// Version of the ONNX format that introduced [#OPSET].
    static final long IR_VERSION = 9;

    static final String PRODUCER = "fovea";

    private OnnxWriter() {}

    /// @throws IllegalArgumentException if the graph has no output
    public static byte[] write(Graph graph, Map<String, String> metadata) {
        if (graph.outputs().isEmpty()) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\" has no output");
        }
        var model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph(graph));
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return deterministic(model.build());
    }

    private static byte[] deterministic(ModelProto model) {
        byte[] bytes = new byte[model.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            model.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array of the exact size does not fail", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    private static GraphProto graph(Graph graph) {
        var proto = GraphProto.newBuilder().setName(graph.name());
        graph.inputs().forEach(input -> proto.addInput(valueInfo(input.name(), input)));
        graph.initializers().forEach(initializer -> proto.addInitializer(tensor(initializer)));
        graph.nodes().forEach(node -> proto.addNode(node(node)));
        graph.outputs().forEach((name, value) -> {
            // A value may be an output twice, or an input at once: a copy is always right, and the runtime removes it.
            proto.addNode(NodeProto.newBuilder()
                    .setOpType("Identity")
                    .setName("output_" + name)
                    .addInput(value.name())
                    .addOutput(name));
            proto.addOutput(valueInfo(name, value));
        });
        return proto.build();
    }

    private static ValueInfoProto valueInfo(String name, Value value) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(value.type().code())
                                .setShape(shape(value.shape()))))
                .build();
    }

    private static TensorShapeProto shape(Shape shape) {
        var proto = TensorShapeProto.newBuilder();
        for (Dim dim : shape.dims()) {
            var size = TensorShapeProto.Dimension.newBuilder();
            switch (dim) {
                case Dim.Fixed fixed -> size.setDimValue(fixed.size());
                case Dim.Named named -> size.setDimParam(named.name());
            }
            proto.addDim(size);
        }
        return proto.build();
    }

    private static TensorProto tensor(Initializer initializer) {
        Value value = initializer.value();
        var proto = TensorProto.newBuilder()
                .setName(value.name())
                .setDataType(value.type().code())
                .setRawData(ByteString.copyFrom(content(initializer)));
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            proto.addDims(value.shape().size(axis));
        }
        return proto.build();
    }

    private static ByteBuffer content(Initializer initializer) {
        ByteBuffer content = initializer.content().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (initializer.value().type() != DataType.FLOAT16) {
            return content;
        }
        ByteBuffer halves = ByteBuffer.allocate(content.remaining() / Float.BYTES * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        while (content.hasRemaining()) {
            halves.putShort(Float.floatToFloat16(content.getFloat()));
        }
        return halves.flip();
    }

    private static NodeProto node(Node node) {
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
