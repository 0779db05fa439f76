package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Conv;
import dev.fovea.onnx.op.Layout;
import java.util.ArrayList;
import java.util.List;

/// Atrous spatial pyramid pooling as DOLG's official code has it: pooled branch, 1 x 1, dilations 6, 12, 18,
/// then a 1 x 1 convolution with ReLU over all of them.
///
/// Source: feymanpriv/DOLG, `core/model/dolg_model.py`, `ASPP`; Chen et al., "Rethinking Atrous Convolution",
/// arXiv:1706.05587. [MultiAtrous] is the other form of the same idea.
///
/// | tensors            | what                                              |
/// |--------------------|---------------------------------------------------|
/// | `im_pool.1`        | 1 x 1 of the pooled maps, ReLU, (512)             |
/// | `aspp.0`           | 1 x 1, (512)                                      |
/// | `aspp.1` to `.3`   | 3 x 3 of dilation 6, 12, 18, (512) each           |
/// | `conv_after.0`     | 1 x 1 of all, ReLU                                |
///
/// **Shape:** (N, C, H, W) to (N, outputs, H, W). **Range:** at least 0.
public record AtrousPyramid(long outputs) {

    private static final long BRANCH_CHANNELS = 512;
    private static final List<Integer> DILATIONS = List.of(6, 12, 18);

    public Value apply(Value x, WeightScope weights) {
        List<Value> parts = new ArrayList<>();
        Value pooled = MultiAtrous.pooled(x, BRANCH_CHANNELS, weights.scope("im_pool.1"));
        parts.add(MultiAtrous.spread(pooled, x));
        WeightScope branches = weights.scope("aspp");
        parts.add(Conv2d.withBias(BRANCH_CHANNELS, Conv.valid(1)).apply(x, branches.scope(0)));
        for (int dilation : DILATIONS) {
            var conv = new Conv(3, 1, dilation, dilation, 1);
            parts.add(Conv2d.withBias(BRANCH_CHANNELS, conv).apply(x, branches.scope(parts.size() - 1)));
        }
        Value joined = Layout.concat(parts, 1); // (N, 2560, H, W)
        return Activation.RELU.apply(
                Conv2d.withBias(outputs, Conv.valid(1)).apply(joined, weights.scope("conv_after.0")));
    }
}
