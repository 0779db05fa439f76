package dev.fovea.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.OperatorSetIdProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;

/// Small files as other tools write them.
final class ForeignFiles {

    private ForeignFiles() {}

    /// `Relu_1 = relu(2 input - 1)` of (batch, 2, height, width), and their mean over the map, `pooled`.
    static byte[] body(long opset) {
        var graph = new Graph("body");
        Shape maps = Shape.of(Dim.named("batch"), Dim.of(2), Dim.named("height"), Dim.named("width"));
        Value x = graph.input("input", DataType.FLOAT32, maps);
        graph.output("pooled", Pool.globalAverage(Elementwise.relu(Elementwise.offset(Elementwise.scale(x, 2), -1))));
        try {
            return ModelProto.parseFrom(OnnxWriter.write(graph, Map.of())).toBuilder()
                    .setIrVersion(7)
                    .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(opset))
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// `y = condition ? relu(input) : -input` of (N, 2, 2, 3), with branches that take `input` from outside.
    static byte[] branches() {
        var condition = TensorProto.newBuilder()
                .setName("condition")
                .setDataType(DataType.BOOL.code())
                .setRawData(ByteString.copyFrom(new byte[] {1}));
        var choice = NodeProto.newBuilder()
                .setOpType("If")
                .addInput("condition")
                .addOutput("y")
                .addAttribute(branch("then_branch", "Relu"))
                .addAttribute(branch("else_branch", "Neg"));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder()
                        .setName("branches")
                        .addInput(Encoding.valueInfo("input", DataType.FLOAT32, Shape.batchOf(2, 2, 3)))
                        .addInitializer(condition)
                        .addNode(choice)
                        .addOutput(Encoding.valueInfo("y", DataType.FLOAT32, Shape.batchOf(2, 2, 3))))
                .build()
                .toByteArray();
    }

    private static AttributeProto.Builder branch(String name, String operator) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.GRAPH)
                .setG(GraphProto.newBuilder()
                        .setName(name)
                        .addNode(NodeProto.newBuilder()
                                .setOpType(operator)
                                .addInput("input")
                                .addOutput(name + "_y"))
                        .addOutput(ValueInfoProto.newBuilder().setName(name + "_y")));
    }

    static byte[] withExternalWeights() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(GraphProto.newBuilder()
                        .addInitializer(TensorProto.newBuilder()
                                .setName("w")
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)))
                .build()
                .toByteArray();
    }
}
