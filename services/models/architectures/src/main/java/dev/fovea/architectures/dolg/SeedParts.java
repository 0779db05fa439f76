package dev.fovea.architectures.dolg;

import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.AttentiveLocal;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.GemPool;
import dev.fovea.architectures.layers.MultiAtrous;
import dev.fovea.architectures.layers.OrthogonalFusion;
import dev.fovea.architectures.trunk.FeatureMaps;
import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;

/// Local features at an eighth and global ones at a sixteenth of the image's side; attention channel by
/// channel.
record SeedParts() implements DolgParts {

    private static final int LOCAL_STAGE = 3;
    private static final int GLOBAL_STAGE = 4;
    private static final int ATROUS_CHANNELS = 2048;
    private static final Conv POINT = Conv.valid(1);

    @Override
    public Value apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        weights.leave("criterion"); // ArcFace, for training only
        var trunk = new ResNet(DolgParts.trunk(options), Naming.TORCHVISION, GLOBAL_STAGE);
        FeatureMaps maps = trunk.apply(pixels, weights.scope("cnn"), precision);
        int hidden = DolgParts.hidden(options);
        Value local = local(maps.stage(LOCAL_STAGE), hidden, weights.scope("local_branch"), precision);
        Value pooled = GemPool.DEFAULT.apply(maps.stage(GLOBAL_STAGE)); // (N, 1024)
        Value global = FullyConnected.withBias(hidden).apply(pooled, weights.scope("fc_1"));
        Value fused = new OrthogonalFusion().apply(local, global); // (N, 2 hidden)
        return FullyConnected.withBias(DolgParts.output(options)).apply(fused, weights.scope("fc_2"));
    }

    private static Value local(Value maps, int hidden, WeightScope weights, Precision precision) {
        Value x = Elementwise.cast(maps, precision.type());
        x = new MultiAtrous(ATROUS_CHANNELS, MultiAtrous.DILATIONS).apply(x, weights.scope("multi_atrous"));
        x = Activation.RELU.apply(Conv2d.withBias(hidden, POINT).apply(x, weights.scope("conv1x1_1")));
        x = Conv2d.withoutBias(hidden, POINT).apply(x, weights.scope("conv1x1_2"));
        x = BatchNorm2d.DEFAULT.apply(x, weights.scope("bn"));
        Value attention = Conv2d.withBias(hidden, POINT).apply(Activation.RELU.apply(x), weights.scope("conv1x1_3"));
        return new AttentiveLocal().apply(x, attention);
    }
}
