package dev.fovea.architectures.dolg;

import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.Precision;
import dev.fovea.architectures.layers.Activation;
import dev.fovea.architectures.layers.AtrousPyramid;
import dev.fovea.architectures.layers.AttentiveLocal;
import dev.fovea.architectures.layers.BatchNorm2d;
import dev.fovea.architectures.layers.Conv2d;
import dev.fovea.architectures.layers.FullyConnected;
import dev.fovea.architectures.layers.GemPool;
import dev.fovea.architectures.layers.OrthogonalFusion;
import dev.fovea.architectures.trunk.FeatureMaps;
import dev.fovea.architectures.trunk.Naming;
import dev.fovea.architectures.trunk.ResNet;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Elementwise;

/// Local features at a sixteenth and global ones at a thirty-second of the image's side; one attention map.
///
/// Source: feymanpriv/DOLG, `core/model/dolg_model.py`.
///
/// @param gem pooling of the global features, p learnt or 3
record OfficialParts(GemPool gem) implements DolgParts {

    /// `MODEL.WITH_MA` of the published configuration.
    static final String MULTI_ATROUS = "multi_atrous";
    static final String LEARNT_P = "learnt_p";

    private static final int LOCAL_STAGE = 4;
    private static final int GLOBAL_STAGE = 5;
    private static final Conv POINT = Conv.valid(1);

    /// With the p that the options ask for.
    static OfficialParts of(WeightScope weights, OptionValues options) {
        return new OfficialParts(options.flag(LEARNT_P) ? GemPool.learnt(weights.scope("pool_g")) : GemPool.DEFAULT);
    }

    @Override
    public Value apply(Value pixels, WeightScope weights, OptionValues options, Precision precision) {
        weights.leave("desc_cls"); // ArcFace, for training only
        var trunk = new ResNet(DolgParts.trunk(options), Naming.TORCHVISION, GLOBAL_STAGE);
        FeatureMaps maps = trunk.apply(pixels, weights.scope("globalmodel").renamed(new PyclsNames()), precision);
        Value local = local(maps.stage(LOCAL_STAGE), weights.scope("localmodel"), options, precision);
        Value pooled = gem.apply(maps.stage(GLOBAL_STAGE)); // (N, 2048)
        int hidden = DolgParts.hidden(options);
        Value global = FullyConnected.withBias(hidden).apply(pooled, weights.scope("fc_t"));
        Value fused = new OrthogonalFusion().apply(local, global); // (N, 2 hidden)
        return FullyConnected.withBias(DolgParts.output(options)).apply(fused, weights.scope("fc"));
    }

    private static Value local(Value maps, WeightScope weights, OptionValues options, Precision precision) {
        int hidden = DolgParts.hidden(options);
        Value x = Elementwise.cast(maps, precision.type());
        if (options.flag(MULTI_ATROUS)) {
            x = new AtrousPyramid(hidden).apply(x, weights.scope("aspp"));
        }
        x = Conv2d.withBias(hidden, POINT).apply(x, weights.scope("conv1"));
        x = BatchNorm2d.DEFAULT.apply(x, weights.scope("bn"));
        Value attention = Conv2d.withBias(1, POINT).apply(Activation.RELU.apply(x), weights.scope("conv2"));
        return new AttentiveLocal().apply(x, attention);
    }
}
