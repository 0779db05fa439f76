package dev.fovea.onnx;

import dev.fovea.onnx.proto.AttributeProto;
import dev.fovea.onnx.proto.GraphProto;
import dev.fovea.onnx.proto.NodeProto;
import dev.fovea.onnx.proto.TensorProto;
import dev.fovea.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Names of values in a foreign graph and in the graphs inside its operators (branches, loop bodies), which
/// see the outer ones.
final class ForeignNames {

    private ForeignNames() {}

    /// Everything that has a name: values and operators, those of inner graphs included.
    static Set<String> given(GraphProto graph) {
        Set<String> names = new HashSet<>();
        collect(graph, names);
        return names;
    }

    private static void collect(GraphProto graph, Set<String> names) {
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(names::add);
        for (NodeProto node : graph.getNodeList()) {
            names.addAll(node.getOutputList());
            names.add(node.getName());
            innerGraphs(node).forEach(inner -> collect(inner, names));
        }
    }

    /// Values that an operator takes, those that its inner graphs take included.
    static List<String> operands(NodeProto node) {
        List<String> names = new ArrayList<>(node.getInputList());
        innerGraphs(node).forEach(inner -> {
            inner.getNodeList().forEach(one -> names.addAll(operands(one)));
            inner.getOutputList().forEach(output -> names.add(output.getName()));
        });
        return names;
    }

    private static Stream<GraphProto> innerGraphs(NodeProto node) {
        return node.getAttributeList().stream()
                .flatMap(attribute -> Stream.concat(
                        attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
                        attribute.getGraphsList().stream()));
    }

    /// A text that starts no name of the graph: `front/`, or `front2/` where that is taken.
    static String freePrefix(GraphProto graph, String word) {
        Set<String> names = given(graph);
        String prefix = word + "/";
        for (int count = 2; startsOne(names, prefix); count++) {
            prefix = word + count + "/";
        }
        return prefix;
    }

    private static boolean startsOne(Set<String> names, String prefix) {
        return names.stream().anyMatch(name -> name.startsWith(prefix));
    }

    /// The graph with a value under another name wherever it is made, taken or described, in the graphs inside
    /// its operators, too; the graph's own inputs and outputs keep theirs.
    static GraphProto renamed(GraphProto graph, String from, String to) {
        var renamed = graph.toBuilder();
        for (int i = 0; i < graph.getNodeCount(); i++) {
            renamed.setNode(i, renamed(graph.getNode(i), from, to));
        }
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (graph.getInitializer(i).getName().equals(from)) {
                renamed.setInitializer(i, graph.getInitializer(i).toBuilder().setName(to));
            }
        }
        for (int i = 0; i < graph.getValueInfoCount(); i++) {
            if (graph.getValueInfo(i).getName().equals(from)) {
                renamed.setValueInfo(i, graph.getValueInfo(i).toBuilder().setName(to));
            }
        }
        return renamed.build();
    }

    private static NodeProto renamed(NodeProto node, String from, String to) {
        if (!operands(node).contains(from) && !node.getOutputList().contains(from)) {
            return node;
        }
        var renamed = node.toBuilder();
        for (int i = 0; i < node.getInputCount(); i++) {
            renamed.setInput(i, node.getInput(i).equals(from) ? to : node.getInput(i));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            renamed.setOutput(i, node.getOutput(i).equals(from) ? to : node.getOutput(i));
        }
        for (int i = 0; i < node.getAttributeCount(); i++) {
            renamed.setAttribute(i, renamed(node.getAttribute(i), from, to));
        }
        return renamed.build();
    }

    private static AttributeProto renamed(AttributeProto attribute, String from, String to) {
        var renamed = attribute.toBuilder();
        if (attribute.hasG()) {
            renamed.setG(inner(attribute.getG(), from, to));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            renamed.setGraphs(i, inner(attribute.getGraphs(i), from, to));
        }
        return renamed.build();
    }

    /// Inputs and outputs of an inner graph are bound by their order, not by their names.
    private static GraphProto inner(GraphProto graph, String from, String to) {
        var inner = renamed(graph, from, to).toBuilder();
        Stream.concat(inner.getInputBuilderList().stream(), inner.getOutputBuilderList().stream())
                .filter(value -> value.getName().equals(from))
                .forEach(value -> value.setName(to));
        return inner.build();
    }
}
