package dev.fovea.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One operator of a graph with what it takes and costs, for tables of a network's layers.
///
/// @param constants of its operands, in their order
/// @param result its first result
/// @param multiplyAdds as [GraphCost] counts them
public record GraphStep(String operator, List<Value> constants, Value result, long multiplyAdds) {

    public GraphStep {
        constants = List.copyOf(constants);
    }

    /// Those that some output of the graph needs, in the order in which they were added.
    public static List<GraphStep> of(Graph graph) {
        Set<Value> constants = new HashSet<>();
        graph.initializers().forEach(initializer -> constants.add(initializer.value()));
        Set<String> needed = Liveness.needed(graph);
        return graph.nodes().stream()
                .filter(node -> node.outputNames().stream().anyMatch(needed::contains))
                .map(node -> new GraphStep(
                        node.operator(),
                        node.inputs().stream().filter(constants::contains).toList(),
                        node.outputs().getFirst(),
                        GraphCost.multiplyAdds(node)))
                .toList();
    }
}
