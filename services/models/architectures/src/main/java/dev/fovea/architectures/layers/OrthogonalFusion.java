package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// Joins a global feature g with what the local features f hold beside it, `f - (f . g) g / |g|^2`, averaged
/// over the positions.
///
/// Source: Yang et al., "DOLG", ICCV 2021, arXiv:2108.02927, section 3.4. Equal to taking the mean of the
/// concatenated maps, as the paper draws it, because the projection is linear: the mean is taken first, and
/// no map of twice the channels is built.
///
/// **Shape:** maps (N, C, H, W), g (N, C) to (N, 2 C). **Range:** unbounded; the second half is orthogonal to
/// g. A g of zeros gives NaN, as in the published code.
public record OrthogonalFusion() {

    public Value apply(Value maps, Value global) {
        Shape shape = maps.shape();
        if (!global.shape().equals(Shape.of(shape.dim(0), shape.dim(1)))) {
            throw new IllegalArgumentException(
                    "orthogonal fusion of maps " + shape + " needs a global feature (N, C), found " + global.shape());
        }
        Value mean = new GlobalAveragePool().apply(maps); // (N, C)
        Value dot = Reduce.sum(Elementwise.mul(mean, global), -1); // (N, 1)
        Value square = Reduce.sum(Elementwise.mul(global, global), -1); // (N, 1)
        Value projection = Elementwise.mul(Elementwise.div(dot, square), global);
        return Layout.concat(List.of(global, Elementwise.sub(mean, projection)), 1);
    }
}
