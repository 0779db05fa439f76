package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Linear;

/// Two-dimensional convolution with learnt kernels.
///
/// Source: PyTorch `torch.nn.Conv2d`; tensors `weight` (O, C / groups, kernel, kernel) and `bias` (O).
///
/// **Shape:** (N, C, H, W) to (N, O, H', W'), H' = (H + 2 padding - dilation (kernel - 1) - 1) / stride + 1, rounded
/// down. **Range:** unbounded.
///
/// @param outputs channels of the result, O
/// @param bias whether there is one; networks with batch norm have none
public record Conv2d(long outputs, Conv conv, boolean bias) {

    public static Conv2d withBias(long outputs, Conv conv) {
        return new Conv2d(outputs, conv, true);
    }

    public static Conv2d withoutBias(long outputs, Conv conv) {
        return new Conv2d(outputs, conv, false);
    }

    /// @throws IllegalArgumentException if the channels do not divide into the groups or the kernel does not fit
    public Value apply(Value x, WeightScope weights) {
        long channels = x.shape().size(1);
        if (channels % conv.groups() != 0) {
            throw new IllegalArgumentException(
                    channels + " channels of " + x.shape() + " do not divide into " + conv.groups() + " groups");
        }
        int kernel = conv.kernel();
        Value weight = weights.tensor(x, "weight", outputs, channels / conv.groups(), kernel, kernel);
        return bias ? Linear.conv(x, weight, weights.tensor(x, "bias", outputs), conv) : Linear.conv(x, weight, conv);
    }
}
