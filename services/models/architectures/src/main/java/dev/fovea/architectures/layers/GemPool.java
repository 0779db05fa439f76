package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Pool;

/// Generalised mean over all positions: `mean(max(x, epsilon)^p)^(1/p)`; p = 1 is the mean, large p the maximum.
///
/// Source: Radenović et al., "Fine-tuning CNN Image Retrieval with No Human Annotation", TPAMI 2018,
/// arXiv:1711.02512, eq. (2); `filipradenovic/cnnimageretrieval-pytorch`, `layers/functional.py`, `gem`.
///
/// **Shape:** (N, C, H, W) to (N, C). **Range:** at least epsilon.
///
/// @param p positive
/// @param epsilon positive; smaller elements count as this
public record GemPool(float p, float epsilon) {

    /// p = 3, epsilon = 1e-6.
    public static final GemPool DEFAULT = new GemPool(3, 1e-6f);

    /// @throws IllegalArgumentException if p or epsilon is not positive and finite
    public GemPool {
        if (!(p > 0 && epsilon > 0) || Float.isInfinite(p) || Float.isInfinite(epsilon)) {
            throw new IllegalArgumentException(
                    "generalised mean with p " + p + " and epsilon " + epsilon + ": both must be positive and finite");
        }
    }

    /// With the p that a checkpoint holds as the tensor `p` (1), and the default epsilon.
    ///
    /// @throws IllegalArgumentException if the checkpoint's p is not positive and finite
    public static GemPool learnt(WeightScope weights) {
        float p = weights.values("p", 1)[0];
        // A missing tensor reads as zero and is refused later, in one list with all the others.
        return p == 0 ? DEFAULT : new GemPool(p, DEFAULT.epsilon);
    }

    public Value apply(Value x) {
        Value powers = Elementwise.pow(Elementwise.clip(x, epsilon, Float.MAX_VALUE), p);
        return Elementwise.pow(Layout.flatten(Pool.globalAverage(powers)), 1 / p); // (N, C)
    }
}
