package dev.fovea.onnx.op;

import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// Settings of a square two-dimensional convolution.
///
/// @param padding zeros on every side
public record Conv(int kernel, int stride, int padding, int dilation, int groups) {

    /// @throws IllegalArgumentException if a value is out of range
    public Conv {
        if (kernel < 1 || stride < 1 || padding < 0 || dilation < 1 || groups < 1) {
            throw new IllegalArgumentException("convolution with kernel " + kernel + ", stride " + stride
                    + ", padding " + padding + ", dilation " + dilation + ", groups " + groups
                    + ": padding must be at least 0, the others at least 1");
        }
    }

    /// Stride 1 and as much padding as keeps the size, for an odd kernel.
    ///
    /// @throws IllegalArgumentException if the kernel is even
    public static Conv same(int kernel) {
        if (kernel % 2 == 0) {
            throw new IllegalArgumentException("an even kernel of " + kernel + " cannot keep the size");
        }
        return new Conv(kernel, 1, kernel / 2, 1, 1);
    }

    /// Stride 1 and no padding.
    public static Conv valid(int kernel) {
        return new Conv(kernel, 1, 0, 1, 1);
    }

    public Conv withStride(int newStride) {
        return new Conv(kernel, newStride, padding, dilation, groups);
    }

    public Conv withPadding(int newPadding) {
        return new Conv(kernel, stride, newPadding, dilation, groups);
    }

    public Conv withGroups(int newGroups) {
        return new Conv(kernel, stride, padding, dilation, newGroups);
    }

    public Conv withDilation(int newDilation) {
        return new Conv(kernel, stride, padding, newDilation, groups);
    }

    Shape outputShape(Shape x, Shape weight) {
        boolean fits = x.rank() == 4
                && weight.rank() == 4
                && x.size(1) == weight.size(1) * groups
                && weight.size(0) % groups == 0
                && weight.size(2) == kernel
                && weight.size(3) == kernel;
        if (!fits) {
            throw new IllegalArgumentException("Conv: input " + x + " and weight " + weight + " do not fit kernel "
                    + kernel + " and groups " + groups);
        }
        return Shape.of(x.dim(0), weight.dim(0), outputSize(x, 2), outputSize(x, 3));
    }

    private Dim outputSize(Shape x, int axis) {
        long covered = dilation * (kernel - 1L) + 1;
        long room = x.size(axis) + 2L * padding - covered;
        if (room < 0) {
            throw new IllegalArgumentException(
                    "Conv: a kernel that covers " + covered + " does not fit into " + x + " with padding " + padding);
        }
        return Dim.of(room / stride + 1);
    }
}
