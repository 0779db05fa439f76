package dev.fovea.architectures.densesift;

import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.layers.PcaProjection;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Dim;
import dev.fovea.onnx.shape.Shape;

/// [PcaProjection] of the descriptor at every position, with the same names and layout of weights.
///
/// **Shape:** (N, D, H, W) to (N, k, H, W). **Range:** unit norm per position.
///
/// @param dimensions kept, k
record LocalPca(int dimensions) {

    Value apply(Value features, WeightScope weights) {
        Shape shape = features.shape();
        long depth = shape.size(1);
        if (dimensions > depth) {
            throw new IllegalArgumentException(
                    "a projection to " + dimensions + " dimensions needs at least as many, found " + shape);
        }
        Dim positions = Dim.of(shape.size(2) * shape.size(3));
        Value flat = Layout.reshape(features, Shape.of(shape.dim(0), shape.dim(1), positions));
        Value mean = Layout.unsqueeze(weights.tensor(features, PcaProjection.MEAN, depth), 1); // (D, 1)
        Value components = weights.tensor(features, PcaProjection.COMPONENTS, depth, dimensions);
        Value projected = Linear.matMul(Layout.transpose(components, 1, 0), Elementwise.sub(flat, mean));
        return L2Normalize.along(1).apply(Layout.reshape(projected, shape.with(1, Dim.of(dimensions))));
    }
}
