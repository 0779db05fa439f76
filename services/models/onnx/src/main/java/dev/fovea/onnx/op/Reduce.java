package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import java.util.List;
import java.util.Map;

/// Operators that fold one axis into a size of 1, which stays.
public final class Reduce {

    private Reduce() {}

    public static Value sum(Value x, int axis) {
        return reduce("ReduceSum", x, axis);
    }

    public static Value mean(Value x, int axis) {
        return reduce("ReduceMean", x, axis);
    }

    public static Value max(Value x, int axis) {
        return reduce("ReduceMax", x, axis);
    }

    /// Sum of absolute values.
    public static Value l1(Value x, int axis) {
        return reduce("ReduceL1", x, axis);
    }

    /// Square root of the sum of squares.
    public static Value l2(Value x, int axis) {
        return reduce("ReduceL2", x, axis);
    }

    private static Value reduce(String operator, Value x, int axis) {
        int normal = x.shape().normalise(axis);
        Value axes = x.graph().constant("axes", (long) normal);
        return x.graph()
                .node(
                        operator,
                        List.of(x, axes),
                        Map.of("keepdims", Attribute.of(1L)),
                        x.type(),
                        x.shape().with(normal, Dim.of(1)));
    }
}
