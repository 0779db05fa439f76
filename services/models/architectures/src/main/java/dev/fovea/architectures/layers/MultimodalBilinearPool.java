package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// The mean over positions of the outer product of two features, signed square root, L2.
///
/// Source: Lin et al., "Bilinear CNN Models for Fine-grained Visual Recognition", ICCV 2015, arXiv:1504.07889,
/// eq. (1) and section 3: `sign(Z) sqrt(|Z| + epsilon)`, Z = X Y^T / HW.
///
/// **Shape:** (N, D, H, W) and (N, E, H, W) to (N, D E), the channels of the second fastest.
/// **Range:** unit norm per row, or zeros.
///
/// @param epsilon of [SignedSqrt]
public record MultimodalBilinearPool(float epsilon) {

    /// 1e-10, as in most published code.
    public static final MultimodalBilinearPool DEFAULT = new MultimodalBilinearPool(1e-10f);

    /// @throws IllegalArgumentException if the maps differ in size, quoting both
    public Value apply(Value x, Value y) {
        requireMaps(x.shape());
        requireMaps(y.shape());
        if (!x.shape().dim(2).equals(y.shape().dim(2))
                || !x.shape().dim(3).equals(y.shape().dim(3))) {
            throw new IllegalArgumentException("bilinear pooling pairs maps of one size, found " + size(x.shape())
                    + " and " + size(y.shape()) + " positions");
        }
        Value left = positions(x); // (N, D, HW)
        Value right = Layout.transpose(positions(y), 0, 2, 1); // (N, HW, E)
        Value products = Linear.matMul(left, right); // (N, D, E)
        Value means =
                Layout.flatten(Elementwise.scale(products, 1f / left.shape().size(2)));
        return L2Normalize.DEFAULT.apply(new SignedSqrt(epsilon).apply(means));
    }

    private static Value positions(Value x) {
        Shape shape = x.shape();
        return Layout.reshape(x, Shape.of(shape.dim(0), shape.dim(1), Dim.of(shape.size(2) * shape.size(3))));
    }

    private static void requireMaps(Shape shape) {
        if (shape.rank() != 4) {
            throw new IllegalArgumentException("bilinear pooling takes maps (N, D, H, W), found " + shape);
        }
    }

    private static String size(Shape shape) {
        return shape.dim(2) + " x " + shape.dim(3);
    }
}
