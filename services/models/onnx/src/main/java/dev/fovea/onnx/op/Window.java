package dev.fovea.onnx.op;

import dev.fovea.onnx.Attribute;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;
import java.util.Map;

/// Settings of square two-dimensional pooling.
///
/// @param padding on every side; less than the kernel
public record Window(int kernel, int stride, int padding) {

    /// @throws IllegalArgumentException if a value is out of range
    public Window {
        if (kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
            throw new IllegalArgumentException("window with kernel " + kernel + ", stride " + stride + ", padding "
                    + padding + ": kernel and stride must be at least 1, padding 0 or more and below the kernel");
        }
    }

    /// Without padding.
    public static Window of(int kernel, int stride) {
        return new Window(kernel, stride, 0);
    }

    public Window withPadding(int newPadding) {
        return new Window(kernel, stride, newPadding);
    }

    Map<String, Attribute> attributes() {
        return Map.of(
                "kernel_shape", Attribute.ofAll(kernel, kernel),
                "strides", Attribute.ofAll(stride, stride),
                "pads", Attribute.ofAll(padding, padding, padding, padding));
    }

    Shape outputShape(String operator, Shape x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException(operator + ": (N, C, H, W) wanted, found " + x);
        }
        return Shape.of(x.dim(0), x.dim(1), Dim.of(outputSize(operator, x, 2)), Dim.of(outputSize(operator, x, 3)));
    }

    /// Size from which pooling made `size`, where nothing was cut off.
    long unpooledSize(long size) {
        return (size - 1) * stride + kernel - 2L * padding;
    }

    private long outputSize(String operator, Shape x, int axis) {
        long room = x.size(axis) + 2L * padding - kernel;
        if (room < 0) {
            throw new IllegalArgumentException(
                    operator + ": a window of " + kernel + " does not fit into " + x + " with padding " + padding);
        }
        return room / stride + 1;
    }
}
