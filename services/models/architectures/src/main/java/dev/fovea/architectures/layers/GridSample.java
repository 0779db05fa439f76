package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Resample;

/// Reads an image at points given on a coarse grid, which is first made as large as the image.
///
/// Source: Jaderberg et al., "Spatial Transformer Networks", NeurIPS 2015; PyTorch `interpolate` (bilinear,
/// corners aligned) and `grid_sample` (bilinear, zeros outside).
///
/// @param alignCorners whether -1 and 1 are the centres of the outermost pixels (PyTorch before 1.3) or their
///     outer edges (PyTorch's default today)
public record GridSample(boolean alignCorners) {

    /// The points at the image's size.
    ///
    /// **Shape:** (N, 2, S, S) to (N, 2, H, W).
    public static Value enlarged(Value points, Value image) {
        return Resample.linear(points, image.shape().size(2), image.shape().size(3), true);
    }

    /// **Shape:** (N, C, H, W), (N, 2, H', W') to (N, C, H', W'). **Range:** that of the image, and 0.
    ///
    /// @param points x, then y, -1 to 1
    public Value apply(Value image, Value points) {
        return Resample.gridSample(image, Layout.transpose(points, 0, 2, 3, 1), alignCorners);
    }
}
