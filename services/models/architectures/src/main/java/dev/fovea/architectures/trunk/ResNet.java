package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.ArrayList;
import java.util.List;

/// Residual networks.
///
/// Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, arXiv:1512.03385; layout and names of
/// torchvision `models/resnet.py` (v1.5: the stride of a bottleneck is in its 3 x 3 convolution).
///
/// | stage | torchvision | Sequential | size  | channels, basic / bottleneck |
/// |-------|-------------|------------|-------|------------------------------|
/// | 1     | conv1, bn1  | 0, 1       | H / 2 | 64                           |
/// | 2     | layer1      | 4          | H / 4 | 64 / 256                     |
/// | 3     | layer2      | 5          | H / 8 | 128 / 512                    |
/// | 4     | layer3      | 6          | H / 16| 256 / 1024                   |
/// | 5     | layer4      | 7          | H / 32| 512 / 2048                   |
///
/// **Shape:** (N, 3, H, W) to the stages above, sizes rounded up. **Range:** at least 0.
///
/// @param lastStage 1 to 5; what lies deeper is not built and needs no weights
public record ResNet(Variant variant, Naming naming, int lastStage) implements Trunk {

    private static final int STAGES = 5;
    private static final int STEM_CHANNELS = 64;
    private static final Conv STEM = new Conv(7, 2, 3, 1, 1);
    private static final Window STEM_POOL = new Window(3, 2, 1);

    /// Blocks per stage and their kind.
    public enum Variant {
        RESNET18(ResidualBlock.BASIC, 2, 2, 2, 2),
        RESNET34(ResidualBlock.BASIC, 3, 4, 6, 3),
        RESNET50(ResidualBlock.BOTTLENECK, 3, 4, 6, 3),
        RESNET101(ResidualBlock.BOTTLENECK, 3, 4, 23, 3),
        RESNET152(ResidualBlock.BOTTLENECK, 3, 8, 36, 3);

        private final ResidualBlock block;
        private final int second;
        private final int third;
        private final int fourth;
        private final int fifth;

        Variant(ResidualBlock block, int second, int third, int fourth, int fifth) {
            this.block = block;
            this.second = second;
            this.third = third;
            this.fourth = fourth;
            this.fifth = fifth;
        }

        private int blocks(int stage) {
            return switch (stage) {
                case 2 -> second;
                case 3 -> third;
                case 4 -> fourth;
                case 5 -> fifth;
                default -> throw new IllegalArgumentException("stage " + stage + " has no blocks");
            };
        }

        /// As users type it: `resnet50`.
        @Override
        public String toString() {
            return "resnet" + name().substring("RESNET".length());
        }
    }

    /// @throws IllegalArgumentException if there is no such stage
    public ResNet {
        if (lastStage < 1 || lastStage > STAGES) {
            throw new IllegalArgumentException("stage " + lastStage + " of " + variant + " is outside 1 to " + STAGES);
        }
    }

    /// All five stages.
    public ResNet(Variant variant, Naming naming) {
        this(variant, naming, STAGES);
    }

    /// The same up to an earlier stage.
    public ResNet upTo(int stage) {
        return new ResNet(variant, naming, stage);
    }

    @Override
    public String name() {
        return variant.toString();
    }

    @Override
    public FeatureMaps apply(Value pixels, WeightScope weights, Precision precision) {
        Value x = Elementwise.cast(pixels, precision.type());
        x = Conv2d.withoutBias(STEM_CHANNELS, STEM).apply(x, weights.scope(stemName("conv1", 0)));
        x = Activation.RELU.apply(BatchNorm2d.DEFAULT.apply(x, weights.scope(stemName("bn1", 1))));
        List<Value> stages = new ArrayList<>(List.of(x)); // (N, 64, H / 2, W / 2)
        x = Pool.max(x, STEM_POOL);
        for (int stage = 2; stage <= lastStage; stage++) {
            x = stage(x, stage, weights.scope(stageName(stage)));
            stages.add(x);
        }
        return FeatureMaps.float32(stages);
    }

    private Value stage(Value x, int stage, WeightScope weights) {
        long planes = (long) STEM_CHANNELS << (stage - 2);
        Value y = x;
        for (int i = 0; i < variant.blocks(stage); i++) {
            int stride = i == 0 && stage > 2 ? 2 : 1;
            y = variant.block.apply(y, planes, stride, weights.scope(i));
        }
        return y;
    }

    private String stemName(String name, int index) {
        return switch (naming) {
            case TORCHVISION -> name;
            case SEQUENTIAL -> String.valueOf(index);
        };
    }

    private String stageName(int stage) {
        return switch (naming) {
            case TORCHVISION -> "layer" + (stage - 1);
            case SEQUENTIAL -> String.valueOf(stage + 2);
        };
    }
}
