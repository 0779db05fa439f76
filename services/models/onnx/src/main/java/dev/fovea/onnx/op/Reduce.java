package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Operators that fold one axis or several into a size of 1, which stays.
///
/// Every method throws [IllegalArgumentException] if there is no axis, or one is named twice or does not
/// exist.
public final class Reduce {

    private Reduce() {}

    public static Value sum(Value x, int... axes) {
        return reduce("ReduceSum", x, axes);
    }

    public static Value mean(Value x, int... axes) {
        return reduce("ReduceMean", x, axes);
    }

    public static Value max(Value x, int... axes) {
        return reduce("ReduceMax", x, axes);
    }

    public static Value min(Value x, int... axes) {
        return reduce("ReduceMin", x, axes);
    }

    /// Sum of absolute values.
    public static Value l1(Value x, int... axes) {
        return reduce("ReduceL1", x, axes);
    }

    /// Square root of the sum of squares.
    public static Value l2(Value x, int... axes) {
        return reduce("ReduceL2", x, axes);
    }

    private static Value reduce(String operator, Value x, int... axes) {
        long[] normal = Arrays.stream(axes)
                .mapToLong(x.shape()::normalise)
                .distinct()
                .sorted()
                .toArray();
        if (normal.length == 0 || normal.length != axes.length) {
            throw new IllegalArgumentException(
                    operator + ": " + Arrays.toString(axes) + " must name one or more different axes of " + x.shape());
        }
        Shape shape = x.shape();
        for (long axis : normal) {
            shape = shape.with((int) axis, Dim.of(1));
        }
        Value folded = x.graph().constant("axes", normal);
        return x.graph().node(operator, List.of(x, folded), Map.of("keepdims", Attribute.of(1L)), x.type(), shape);
    }
}
