package dev.fovea.onnx;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Finds what the outputs of a graph need.
final class Liveness {

    private Liveness() {}

    /// Names of all values from which the outputs are computed, the outputs among them.
    ///
    /// @param nodes every one after those whose results it takes
    static <T> Set<String> needed(
            Collection<String> outputs,
            List<T> nodes,
            Function<T, ? extends Collection<String>> results,
            Function<T, ? extends Collection<String>> operands) {
        Set<String> needed = new HashSet<>(outputs);
        for (T node : nodes.reversed()) {
            if (results.apply(node).stream().anyMatch(needed::contains)) {
                operands.apply(node).stream()
                        .filter(name -> !name.isEmpty()) // an optional operand that is absent
                        .forEach(needed::add);
            }
        }
        return needed;
    }

    static Set<String> needed(Graph graph) {
        List<String> outputs =
                graph.outputs().values().stream().map(Value::name).toList();
        return needed(outputs, graph.nodes(), Node::outputNames, Node::inputNames);
    }
}
