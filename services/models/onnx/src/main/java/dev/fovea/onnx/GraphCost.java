package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Set;

/// What a graph costs, counted from its shapes.
///
/// @param parameters float constants with at least two elements, each counted once however often it is used
/// @param multiplyAdds of convolutions and matrix products for a batch of one; everything else is left out,
///     as papers do
public record GraphCost(long parameters, long multiplyAdds) {

    /// Of what some output of the graph needs.
    public static GraphCost of(Graph graph) {
        Set<String> needed = Liveness.needed(graph);
        long parameters = graph.initializers().stream()
                .map(Initializer::value)
                .filter(value -> needed.contains(value.name()) && value.type().isFloat())
                .mapToLong(value -> value.shape().fixedElements())
                .filter(elements -> elements > 1)
                .sum();
        long multiplyAdds =
                GraphStep.of(graph).stream().mapToLong(GraphStep::multiplyAdds).sum();
        return new GraphCost(parameters, multiplyAdds);
    }

    static long multiplyAdds(Node node) {
        List<Value> inputs = node.inputs();
        Shape output = node.outputs().getFirst().shape();
        return switch (node.operator()) {
            // Weight (O, C / groups, kernel...): each output element sums over all but the first dimension.
            case "Conv" ->
                output.fixedElements()
                        * (inputs.get(1).shape().fixedElements()
                                / inputs.get(1).shape().size(0));
            case "MatMul" -> output.fixedElements() * inputs.get(0).shape().size(-1);
            case "Gemm" -> output.fixedElements() * inputs.get(0).shape().size(1);
            default -> 0;
        };
    }
}
