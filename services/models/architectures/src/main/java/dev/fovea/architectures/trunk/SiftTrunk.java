package dev.fovea.architectures.trunk;

import dev.fovea.architectures.Precision;
import dev.fovea.architectures.densesift.DenseSift;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.List;

/// Dense SIFT as a trunk of one stage, without weights; float32 whatever the precision.
///
/// Unlike other trunks it wants pixels as they are, in [0, 1]: a network on it states mean 0 and standard
/// deviation 1 as its preprocessing.
///
/// **Shape:** (N, 3, H, W) to (N, 128, H', W'), see [DenseSift]. **Range:** 0 to 1, unit norm per position.
public record SiftTrunk(DenseSift sift) implements Trunk {

    /// RootSIFT of patches of 24 pixels, every 8.
    public static final SiftTrunk DEFAULT = new SiftTrunk(DenseSift.of(List.of(24), 8));

    @Override
    public String name() {
        return "sift";
    }

    @Override
    public FeatureMaps apply(Value pixels, WeightScope weights, Precision precision) {
        return new FeatureMaps(List.of(sift.apply(pixels)));
    }
}
