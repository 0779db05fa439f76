package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Window;
import java.util.ArrayList;
import java.util.List;

/// The 16-layer network of the Visual Geometry Group, without its three fully connected layers.
///
/// Source: Simonyan and Zisserman, "Very Deep Convolutional Networks", ICLR 2015, arXiv:1409.1556, configuration D;
/// names of torchvision `models/vgg.py`, where convolution, ReLU and pool each count: `features.0`, `.2`, `.5`, ...
///
/// | stage | layers                    | size   | channels |
/// |-------|---------------------------|--------|----------|
/// | 1     | conv1_1, conv1_2          | H      | 64       |
/// | 2     | pool, conv2_1, conv2_2    | H / 2  | 128      |
/// | 3     | pool, conv3_1 to conv3_3  | H / 4  | 256      |
/// | 4     | pool, conv4_1 to conv4_3  | H / 8  | 512      |
/// | 5     | pool, conv5_1 to conv5_3  | H / 16 | 512      |
/// | 6     | pool, with [End#POOL]     | H / 32 | 512      |
///
/// **Shape:** (N, 3, H, W) to the stages above, sizes rounded down. **Range:** at least 0, but for [End#CONVOLUTION].
public record Vgg16(Naming naming, End end) implements Trunk {

    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);
    private static final List<Integer> CONVOLUTIONS = List.of(2, 2, 3, 3, 3);
    private static final Window POOL = Window.of(2, 2);

    /// What its last operation is.
    public enum End {
        /// conv5_3 itself, before its ReLU, as NetVLAD cuts it.
        CONVOLUTION,
        /// The ReLU of conv5_3.
        RELU,
        /// The pool after it.
        POOL
    }

    @Override
    public String name() {
        return "vgg16";
    }

    @Override
    public FeatureMaps apply(Value pixels, WeightScope weights, Precision precision) {
        WeightScope features =
                switch (naming) {
                    case TORCHVISION -> weights.scope("features");
                    case SEQUENTIAL -> weights;
                };
        Value x = Elementwise.cast(pixels, precision.type());
        List<Value> stages = new ArrayList<>();
        int index = 0;
        for (int stage = 0; stage < CHANNELS.size(); stage++) {
            if (stage > 0) {
                x = Pool.max(x, POOL);
                index++;
            }
            x = stage(x, stage, index, features);
            index += 2 * CONVOLUTIONS.get(stage);
            stages.add(x);
        }
        if (end == End.POOL) {
            stages.add(Pool.max(x, POOL));
        }
        return FeatureMaps.float32(stages);
    }

    private Value stage(Value x, int stage, int firstIndex, WeightScope features) {
        int convolutions = CONVOLUTIONS.get(stage);
        Value y = x;
        for (int i = 0; i < convolutions; i++) {
            y = Conv2d.withBias(CHANNELS.get(stage), Conv.same(3)).apply(y, features.scope(firstIndex + 2 * i));
            boolean cut = end == End.CONVOLUTION && stage == CHANNELS.size() - 1 && i == convolutions - 1;
            y = cut ? y : Activation.RELU.apply(y);
        }
        return y;
    }
}
