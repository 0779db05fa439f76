package dev.fovea.onnx;

import java.util.List;

/// What a graph must be to become part of a foreign file.
final class GraphRules {

    private GraphRules() {}

    /// @throws IllegalArgumentException if an input is an output, too
    static void requireComputes(Graph graph) {
        if (graph.outputs().values().stream().anyMatch(graph.inputs()::contains)) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\" passes its input through");
        }
    }

    /// @param kind input or output
    /// @throws IllegalArgumentException if there is not exactly one value
    static Value only(String kind, Graph graph, List<Value> values) {
        if (values.size() != 1) {
            throw new IllegalArgumentException("graph \"" + graph.name() + "\" must have one " + kind + ", found "
                    + values.stream().map(Value::name).toList());
        }
        return values.getFirst();
    }
}
