package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.List;
import java.util.Map;

/// Operators that read maps between their pixels, bilinearly.
///
/// With `alignCorners` the outermost sample points are the centres of the corner pixels, without it they are
/// the outer edges of the corner pixels; both as in PyTorch.
public final class Resample {

    private Resample() {}

    /// Maps in another size; reads beyond the border repeat it. Nothing is smoothed when shrinking.
    ///
    /// **Shape:** (N, C, H, W) to (N, C, height, width).
    ///
    /// @throws IllegalArgumentException if the rank is another or a size is below 1
    public static Value linear(Value x, long height, long width, boolean alignCorners) {
        if (x.shape().rank() != 4 || height < 1 || width < 1) {
            throw new IllegalArgumentException("Resize: (N, C, H, W) and a size of at least 1 x 1 wanted, found "
                    + x.shape() + " and " + height + " x " + width);
        }
        Graph graph = x.graph();
        List<Value> operands = List.of(x, graph.absent(), graph.absent(), graph.constant("size", height, width));
        Map<String, Attribute> attributes = Map.of(
                "mode", Attribute.of("linear"),
                "axes", Attribute.ofAll(2, 3),
                "coordinate_transformation_mode", Attribute.of(alignCorners ? "align_corners" : "half_pixel"));
        Shape shape = x.shape().with(2, Dim.of(height)).with(3, Dim.of(width));
        return graph.node("Resize", operands, attributes, x.type(), shape);
    }

    /// Reads maps at given points; reads beyond the border give 0.
    ///
    /// **Shape:** (N, C, H, W), (N, H', W', 2) to (N, C, H', W').
    ///
    /// @param grid x then y, -1 at the left or upper and 1 at the right or lower end
    /// @throws IllegalArgumentException if types, ranks or batch sizes differ from that
    public static Value gridSample(Value x, Value grid, boolean alignCorners) {
        Shape points = grid.shape();
        boolean fits = x.shape().rank() == 4
                && points.rank() == 4
                && points.dim(3).equals(Dim.of(2))
                && points.dim(0).equals(x.shape().dim(0))
                && x.type().isFloat()
                && grid.type().isFloat();
        if (!fits) {
            throw new IllegalArgumentException(
                    "GridSample: floats (N, C, H, W) and (N, H', W', 2) wanted, found " + x + " and " + grid);
        }
        Map<String, Attribute> attributes = Map.of(
                "mode", Attribute.of("linear"),
                "padding_mode", Attribute.of("zeros"),
                "align_corners", Attribute.of(alignCorners ? 1L : 0L));
        Shape shape = Shape.of(x.shape().dim(0), x.shape().dim(1), points.dim(1), points.dim(2));
        return x.graph().node("GridSample", List.of(x, grid), attributes, x.type(), shape);
    }
}
