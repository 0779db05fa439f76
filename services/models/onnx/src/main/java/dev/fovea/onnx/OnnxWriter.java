package dev.fovea.onnx;

import com.google.protobuf.CodedOutputStream;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.OperatorSetIdProto;
import dev.fovea.onnx.proto.StringStringEntryProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Turns a graph into the bytes of an ONNX file.
///
/// Guarantees: equal graphs and metadata give equal bytes, so a digest identifies a model: metadata and
/// attributes are sorted by key, operators keep the order they were added in, and producer and versions are
/// fixed. Operators and constants that no output needs are left out.
public final class OnnxWriter {

    /// The operator set every graph is written for: the first with linear GridSample, read by ONNX Runtime
    /// 1.17 and up.
    public static final long OPSET = 20;

    /// Version of the ONNX format that introduced [#OPSET].
    static final long IR_VERSION = 9;

    static final String PRODUCER = "fovea";

    private OnnxWriter() {}

    /// @throws IllegalArgumentException if the graph has no output, the file would be larger than 2 GB, or a
    ///     float16 constant holds a number out of its range
    public static byte[] write(Graph graph, Map<String, String> metadata) {
        if (graph.outputs().isEmpty()) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\" has no output");
        }
        Set<String> needed = Liveness.needed(graph);
        List<Initializer> initializers = graph.initializers().stream()
                .filter(one -> needed.contains(one.value().name()))
                .toList();
        List<Node> nodes = graph.nodes().stream()
                .filter(node -> node.outputNames().stream().anyMatch(needed::contains))
                .toList();
        FileLimit.require(graph.name(), initializers, nodes.size());
        var model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph(graph, initializers, nodes));
        new TreeMap<>(metadata)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return deterministic(model.build());
    }

    static byte[] deterministic(ModelProto model) {
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

    private static GraphProto graph(Graph graph, List<Initializer> initializers, List<Node> nodes) {
        var proto = GraphProto.newBuilder().setName(graph.name());
        graph.inputs().forEach(input -> proto.addInput(Encoding.valueInfo(input.name(), input.type(), input.shape())));
        initializers.forEach(one -> proto.addInitializer(Encoding.tensor(one)));
        nodes.forEach(node -> proto.addNode(Encoding.node(node)));
        graph.outputs().forEach((name, value) -> {
            // A value may be an output twice, or an input at once: a copy is always right, and the runtime removes it.
            proto.addNode(Encoding.copy("output_" + name, value.name(), name));
            proto.addOutput(Encoding.valueInfo(name, value.type(), value.shape()));
        });
        return proto.build();
    }
}
