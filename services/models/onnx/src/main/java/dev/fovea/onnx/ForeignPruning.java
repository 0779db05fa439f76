package dev.fovea.onnx;

import com.google.protobuf.MessageLite;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.ModelProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.Set;

/// Leaves out of a foreign model what its outputs do not need: operators, constants, inputs, descriptions.
final class ForeignPruning {

    /// The first format version in which a constant need not be an input, too.
    private static final long FREE_CONSTANTS = 4;

    private ForeignPruning() {}

    /// @throws IllegalArgumentException if there is no output or the file would be larger than 2 GB
    static ModelProto pruned(ModelProto model) {
        GraphProto graph = model.getGraph();
        List<String> outputs =
                graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException("graph \"" + graph.getName() + "\" has no output");
        }
        Set<String> needed =
                Liveness.needed(outputs, graph.getNodeList(), NodeProto::getOutputList, ForeignNames::operands);
        GraphProto pruned = pruned(graph, needed);
        FileLimit.require(
                "graph \"" + graph.getName() + "\"", size(pruned.getInitializerList()) + size(pruned.getNodeList()));
        return model.toBuilder()
                .setIrVersion(Math.max(model.getIrVersion(), FREE_CONSTANTS))
                .setGraph(pruned)
                .build();
    }

    private static GraphProto pruned(GraphProto graph, Set<String> needed) {
        var pruned =
                graph.toBuilder().clearNode().clearInitializer().clearInput().clearValueInfo();
        graph.getNodeList().stream()
                .filter(node -> node.getOutputList().stream().anyMatch(needed::contains))
                .forEach(pruned::addNode);
        graph.getInitializerList().stream()
                .filter(tensor -> needed.contains(tensor.getName()))
                .forEach(pruned::addInitializer);
        graph.getInputList().stream()
                .filter(input -> needed.contains(input.getName()))
                .forEach(pruned::addInput);
        graph.getValueInfoList().stream()
                .filter(value -> needed.contains(value.getName()))
                .forEach(pruned::addValueInfo);
        return pruned.build();
    }

    private static long size(List<? extends MessageLite> messages) {
        return messages.stream().mapToLong(MessageLite::getSerializedSize).sum();
    }
}
