package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;

/// Compression of descriptors by principal components: `normalise((x - mean) components)`.
///
/// Source: Pultar, "Improving the HardNet Descriptor", arXiv:2007.09699, section 4.7; names of the tensors as
/// in kornia `feature/hardnet.py`, `HardNet8`: `mean` (D), `components` (D, k), one column per component.
///
/// **Shape:** (N, D) to (N, k). **Range:** unit norm per row, or zeros for a row that equals the mean.
///
/// @param dimensions kept, k
public record PcaProjection(int dimensions) {

    public static final String MEAN = "mean";
    public static final String COMPONENTS = "components";

    public Value apply(Value x, WeightScope weights) {
        long depth = x.shape().size(1);
        if (dimensions > depth) {
            throw new IllegalArgumentException(
                    "a projection to " + dimensions + " dimensions needs at least as many, found " + x.shape());
        }
        Value centred = Elementwise.sub(x, weights.tensor(x, MEAN, depth));
        Value projected = Linear.matMul(centred, weights.tensor(x, COMPONENTS, depth, dimensions)); // (N, k)
        return L2Normalize.DEFAULT.apply(projected);
    }
}
