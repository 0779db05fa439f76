package dev.fovea.onnx;

import dev.fovea.onnx.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a graph costs, counted from its shapes.
///
/// @param parameters float constants with at least two elements, each counted once however often it is used
/// @param multiplyAdds of convolutions and matrix products for a batch of one; everything else is left out,
///     as papers do
public record GraphCost(long parameters, long multiplyAdds) {

    public static GraphCost of(Graph graph) {
        Set<Value> constants = new HashSet<>();
        Set<Value> used = new HashSet<>();
        graph.initializers().forEach(initializer -> constants.add(initializer.value()));
        long multiplyAdds = 0;
        for (Node node : graph.nodes()) {
            used.addAll(node.inputs());
            multiplyAdds += multiplyAdds(node);
        }
        long parameters = constants.stream()
                .filter(used::contains)
                .filter(value -> value.type() == DataType.FLOAT32 || value.type() == DataType.FLOAT16)
                .mapToLong(value -> value.shape().fixedElements())
                .filter(elements -> elements > 1)
                .sum();
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
