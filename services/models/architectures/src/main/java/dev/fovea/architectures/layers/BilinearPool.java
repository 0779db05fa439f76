package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;

/// Second-order pooling: the mean over positions of the outer product of a feature with itself, signed square root, L2.
///
/// Source: Lin et al., "Bilinear CNN Models for Fine-grained Visual Recognition", ICCV 2015, arXiv:1504.07889.
/// The paper calls it homogeneous when both factors are one feature: here; [MultimodalBilinearPool] takes two.
///
/// **Shape:** (N, D, H, W) to (N, D D). **Range:** unit norm per row, or zeros.
///
/// @param epsilon of [SignedSqrt]
public record BilinearPool(float epsilon) {

    /// 1e-10, as in most published code.
    public static final BilinearPool DEFAULT = new BilinearPool(1e-10f);

    public Value apply(Value x) {
        return new MultimodalBilinearPool(epsilon).apply(x, x);
    }
}
