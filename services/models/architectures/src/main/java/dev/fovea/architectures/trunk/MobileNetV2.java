package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import java.util.ArrayList;
import java.util.List;

/// MobileNetV2 of width 1.
///
/// Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, arXiv:1801.04381,
/// table 2; names of torchvision `models/mobilenetv2.py`: `features.1.conv.0.0.weight`.
///
/// | stage | up to `features` | size   | channels |
/// |-------|------------------|--------|----------|
/// | 1     | 1                | H / 2  | 16       |
/// | 2     | 3                | H / 4  | 24       |
/// | 3     | 6                | H / 8  | 32       |
/// | 4     | 13               | H / 16 | 96       |
/// | 5     | 18               | H / 32 | 1280     |
///
/// **Shape:** (N, 3, H, W) to the stages above, sizes rounded up. **Range:** stage 5: 0 to 6; the others end in a
/// convolution without activation: unbounded.
public record MobileNetV2(Naming naming) implements Trunk {

    private static final int STEM_CHANNELS = 32;
    private static final int LAST_CHANNELS = 1280;

    /// @param expansion t in the paper
    /// @param stride of its first block
    /// @param closesStage whether the size is halved next
    private record Group(int expansion, int channels, int blocks, int stride, boolean closesStage) {}

    private static final List<Group> GROUPS = List.of(
            new Group(1, 16, 1, 1, true),
            new Group(6, 24, 2, 2, true),
            new Group(6, 32, 3, 2, true),
            new Group(6, 64, 4, 2, false),
            new Group(6, 96, 3, 1, true),
            new Group(6, 160, 3, 2, false),
            new Group(6, 320, 1, 1, false));

    @Override
    public String name() {
        return "mobilenetv2";
    }

    @Override
    public FeatureMaps apply(Value pixels, WeightScope weights, Precision precision) {
        WeightScope features =
                switch (naming) {
                    case TORCHVISION -> weights.scope("features");
                    case SEQUENTIAL -> weights;
                };
        Value x = Elementwise.cast(pixels, precision.type());
        x = normed(x, STEM_CHANNELS, Conv.same(3).withStride(2), Activation.RELU6, features.scope(0));
        List<Value> stages = new ArrayList<>();
        int index = 1;
        for (Group group : GROUPS) {
            for (int i = 0; i < group.blocks; i++) {
                int stride = i == 0 ? group.stride : 1;
                x = block(x, group, stride, features.scope(index++).scope("conv"));
            }
            if (group.closesStage) {
                stages.add(x);
            }
        }
        stages.add(normed(x, LAST_CHANNELS, Conv.same(1), Activation.RELU6, features.scope(index)));
        return FeatureMaps.float32(stages);
    }

    /// Widens, filters each channel by itself, narrows; added to its input where the sizes allow.
    private static Value block(Value x, Group group, int stride, WeightScope weights) {
        long wide = x.shape().size(1) * group.expansion;
        int index = 0;
        Value y = x;
        if (group.expansion != 1) {
            y = normed(y, wide, Conv.same(1), Activation.RELU6, weights.scope(index++));
        }
        Conv depthwise = Conv.same(3).withStride(stride).withGroups(Math.toIntExact(wide));
        y = normed(y, wide, depthwise, Activation.RELU6, weights.scope(index++));
        y = Conv2d.withoutBias(group.channels, Conv.same(1)).apply(y, weights.scope(index++));
        y = BatchNorm2d.DEFAULT.apply(y, weights.scope(index));
        return y.shape().equals(x.shape()) ? Elementwise.add(x, y) : y;
    }

    private static Value normed(Value x, long channels, Conv conv, Activation activation, WeightScope weights) {
        Value y = Conv2d.withoutBias(channels, conv).apply(x, weights.scope(0));
        return activation.apply(BatchNorm2d.DEFAULT.apply(y, weights.scope(1)));
    }
}
