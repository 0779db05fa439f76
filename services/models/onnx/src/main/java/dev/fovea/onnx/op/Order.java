package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;

/// Operators that compare the elements of one axis with each other.
public final class Order {

    private Order() {}

    /// The largest elements and where they stand.
    ///
    /// @param values descending along the axis
    /// @param indices int64, same shape: position on the axis
    public record TopK(Value values, Value indices) {}

    /// @throws IllegalArgumentException if the axis has no fixed size of at least `k`, or `k` is below 1
    public static TopK topK(Value x, long k, int axis) {
        int normal = x.shape().normalise(axis);
        if (k < 1 || k > x.shape().size(normal)) {
            throw new IllegalArgumentException(
                    "TopK: k " + k + " must be at least 1 and at most the size of axis " + axis + " of " + x.shape());
        }
        Shape shape = x.shape().with(normal, Dim.of(k));
        List<Value> results = x.graph()
                .nodes(
                        "TopK",
                        List.of(x, x.graph().constant("k", k)),
                        Map.of(
                                "axis", Attribute.of((long) normal),
                                "largest", Attribute.of(1L),
                                "sorted", Attribute.of(1L)),
                        List.of(new Graph.Result(x.type(), shape), new Graph.Result(DataType.INT64, shape)));
        return new TopK(results.get(0), results.get(1));
    }

    /// int64 position of the largest element, of the first if there are several; the axis stays with size 1.
    public static Value argMax(Value x, int axis) {
        int normal = x.shape().normalise(axis);
        return x.graph()
                .node(
                        "ArgMax",
                        List.of(x),
                        Map.of("axis", Attribute.of((long) normal), "keepdims", Attribute.of(1L)),
                        DataType.INT64,
                        x.shape().with(normal, Dim.of(1)));
    }
}
