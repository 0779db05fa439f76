package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.DataType;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Operators that summarise windows of maps, or whole maps, channel by channel.
///
/// **Shape:** (N, C, H, W) in; every method throws [IllegalArgumentException] for another rank or a window
/// that does not fit.
public final class Pool {

    private Pool() {}

    /// Maxima and where they stood.
    ///
    /// @param values (N, C, H', W')
    /// @param indices int64, same shape: position in the flattened input tensor
    public record MaxPooled(Value values, Value indices) {}

    /// The largest of each window; padding never wins.
    public static Value max(Value x, Window window) {
        Shape shape = window.outputShape("MaxPool", x.shape());
        return x.graph().node("MaxPool", List.of(x), window.attributes(), x.type(), shape);
    }

    public static MaxPooled maxWithIndices(Value x, Window window) {
        Shape shape = window.outputShape("MaxPool", x.shape());
        List<Graph.Result> results =
                List.of(new Graph.Result(x.type(), shape), new Graph.Result(DataType.INT64, shape));
        List<Value> pooled = x.graph().nodes("MaxPool", List.of(x), window.attributes(), results);
        return new MaxPooled(pooled.get(0), pooled.get(1));
    }

    /// Mean of each window, in which padding counts as zeros, as in PyTorch.
    public static Value average(Value x, Window window) {
        Shape shape = window.outputShape("AveragePool", x.shape());
        Map<String, Attribute> attributes = new HashMap<>(window.attributes());
        attributes.put("count_include_pad", Attribute.of(1L));
        return x.graph().node("AveragePool", List.of(x), attributes, x.type(), shape);
    }

    /// **Shape:** (N, C, H, W) to (N, C, 1, 1).
    public static Value globalAverage(Value x) {
        return global("GlobalAveragePool", x);
    }

    /// **Shape:** (N, C, H, W) to (N, C, 1, 1).
    public static Value globalMax(Value x) {
        return global("GlobalMaxPool", x);
    }

    /// Puts values back where they stood before pooling; zeros elsewhere.
    ///
    /// **Shape:** (N, C, H', W') to (N, C, height, width). Height and width must be those from which the
    /// indices come, because indices count through the flattened tensor.
    ///
    /// @throws IllegalArgumentException if pooling (height, width) does not give this size
    public static Value unpool(MaxPooled pooled, Window window, long height, long width) {
        Value x = pooled.values();
        Shape shape = x.shape().with(2, Dim.of(height)).with(3, Dim.of(width));
        if (!window.outputShape("MaxUnpool", shape).equals(x.shape())
                || !pooled.indices().shape().equals(x.shape())) {
            throw new IllegalArgumentException("MaxUnpool: " + window + " does not pool " + shape + " to " + x.shape()
                    + " with indices " + pooled.indices().shape());
        }
        boolean exact = window.unpooledSize(x.shape().size(2)) == height
                && window.unpooledSize(x.shape().size(3)) == width;
        List<Value> operands =
                exact ? List.of(x, pooled.indices()) : List.of(x, pooled.indices(), sizes(x, height, width));
        return x.graph().node("MaxUnpool", operands, window.attributes(), x.type(), shape);
    }

    /// The four sizes as an int64 list; batch and channels are those of `x` when the graph runs.
    private static Value sizes(Value x, long height, long width) {
        Value leading = x.graph()
                .node(
                        "Shape",
                        List.of(x),
                        Map.of("start", Attribute.of(0L), "end", Attribute.of(2L)),
                        DataType.INT64,
                        Shape.of(2));
        return Layout.concat(List.of(leading, x.graph().constant("size", height, width)), 0);
    }

    private static Value global(String operator, Value x) {
        if (x.shape().rank() != 4) {
            throw new IllegalArgumentException(operator + ": (N, C, H, W) wanted, found " + x.shape());
        }
        Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), Dim.of(1), Dim.of(1));
        return x.graph().node(operator, List.of(x), Map.of(), x.type(), shape);
    }
}
