package dev.fovea.architectures.trunk;

import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;

/// A block of a residual network: what it computes is added to its input.
///
/// **Shape:** (N, C, H, W) to (N, expansion planes, H / stride, W / stride). **Range:** at least 0.
enum ResidualBlock {
    /// Two 3 x 3 convolutions.
    BASIC(1),
    /// 1 x 1, 3 x 3 (which has the stride), 1 x 1 to four times the channels.
    BOTTLENECK(4);

    private final int expansion;

    ResidualBlock(int expansion) {
        this.expansion = expansion;
    }

    Value apply(Value x, long planes, int stride, WeightScope weights) {
        Value residual =
                switch (this) {
                    case BASIC -> basic(x, planes, stride, weights);
                    case BOTTLENECK -> bottleneck(x, planes, stride, weights);
                };
        return Activation.RELU.apply(Elementwise.add(residual, shortcut(x, planes, stride, weights)));
    }

    private static Value basic(Value x, long planes, int stride, WeightScope weights) {
        Value y = Activation.RELU.apply(normed(x, planes, Conv.same(3).withStride(stride), "1", weights));
        return normed(y, planes, Conv.same(3), "2", weights);
    }

    private Value bottleneck(Value x, long planes, int stride, WeightScope weights) {
        Value y = Activation.RELU.apply(normed(x, planes, Conv.same(1), "1", weights));
        y = Activation.RELU.apply(normed(y, planes, Conv.same(3).withStride(stride), "2", weights));
        return normed(y, planes * expansion, Conv.same(1), "3", weights);
    }

    private Value shortcut(Value x, long planes, int stride, WeightScope weights) {
        long channels = planes * expansion;
        if (stride == 1 && x.shape().size(1) == channels) {
            return x;
        }
        WeightScope downsample = weights.scope("downsample");
        Value y = Conv2d.withoutBias(channels, Conv.valid(1).withStride(stride)).apply(x, downsample.scope(0));
        return BatchNorm2d.DEFAULT.apply(y, downsample.scope(1));
    }

    private static Value normed(Value x, long channels, Conv conv, String number, WeightScope weights) {
        Value y = Conv2d.withoutBias(channels, conv).apply(x, weights.scope("conv" + number));
        return BatchNorm2d.DEFAULT.apply(y, weights.scope("bn" + number));
    }
}
