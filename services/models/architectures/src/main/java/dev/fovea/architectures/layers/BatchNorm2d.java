package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Normalization;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;

/// Batch normalisation with the statistics of training: `(x - mean) / sqrt(var + epsilon) * weight + bias` by channel.
///
/// Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015; PyTorch `torch.nn.BatchNorm2d` in evaluation mode,
/// tensors `running_mean`, `running_var` and, if affine, `weight` and `bias`, each (C).
///
/// **Shape:** (N, C, H, W) to the same. **Range:** unbounded, about unit variance before weight and bias.
///
/// @param affine whether a learnt weight and bias follow
public record BatchNorm2d(float epsilon, boolean affine) {

    /// PyTorch's defaults.
    public static final BatchNorm2d DEFAULT = new BatchNorm2d(1e-5f, true);

    /// Without weight and bias, PyTorch's epsilon.
    public static final BatchNorm2d PLAIN = new BatchNorm2d(1e-5f, false);

    public Value apply(Value x, WeightScope weights) {
        long channels = x.shape().size(1);
        Value scale = affine ? weights.tensor(x, "weight", channels) : filled(x, "ones", 1, channels);
        Value shift = affine ? weights.tensor(x, "bias", channels) : filled(x, "zeros", 0, channels);
        Value mean = weights.tensor(x, "running_mean", channels);
        Value variance = weights.tensor(x, "running_var", channels);
        return Normalization.batchNorm(x, scale, shift, mean, variance, epsilon);
    }

    private static Value filled(Value x, String hint, float number, long channels) {
        float[] values = new float[Math.toIntExact(channels)];
        Arrays.fill(values, number);
        return x.graph().constant(hint, values, Shape.of(channels), x.type());
    }
}
