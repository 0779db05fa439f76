package dev.fovea.onnx;

import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A graph built here, as operators and constants for a foreign file: every name gets a prefix, but for
/// those of its inputs, which become what they are bound to.
record Splice(List<NodeProto> nodes, List<TensorProto> constants, UnaryOperator<String> naming) {

    Splice {
        nodes = List.copyOf(nodes);
        constants = List.copyOf(constants);
    }

    /// @param inputs what the names of the graph's inputs become
    /// @throws IllegalArgumentException if the foreign operator set has not what the graph uses
    static Splice of(Graph graph, long opset, String prefix, UnaryOperator<String> inputs) {
        Graph lowered = OpsetLowering.lower(graph, opset);
        List<String> inputNames = lowered.inputs().stream().map(Value::name).toList();
        UnaryOperator<String> naming = name -> {
            if (name.isEmpty()) {
                return name;
            }
            return inputNames.contains(name) ? inputs.apply(name) : prefix + name;
        };
        List<NodeProto> nodes = new ArrayList<>();
        for (Node node : lowered.nodes()) {
            NodeProto.Builder proto = Encoding.node(node).toBuilder();
            proto.setName(prefix + proto.getName());
            proto.clearInput()
                    .addAllInput(node.inputNames().stream().map(naming).toList());
            proto.clearOutput()
                    .addAllOutput(node.outputNames().stream().map(naming).toList());
            nodes.add(proto.build());
        }
        List<TensorProto> constants = new ArrayList<>();
        for (Initializer initializer : lowered.initializers()) {
            constants.add(Encoding.tensor(initializer).toBuilder()
                    .setName(prefix + initializer.value().name())
                    .build());
        }
        return new Splice(nodes, constants, naming);
    }

    /// The name of one of the graph's values in the foreign file.
    String name(Value value) {
        return naming.apply(value.name());
    }
}
