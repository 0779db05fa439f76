package dev.fovea.architectures.densesift;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.layers.BilinearPool;
import dev.fovea.architectures.layers.GlobalAveragePool;
import dev.fovea.architectures.layers.L2Normalize;
import dev.fovea.architectures.layers.NetVlad;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.List;

/// How the descriptors of an image become one vector.
public enum SiftHead {
    /// Their mean: no weights.
    MEAN,
    /// Residuals to visual words; weights `pool.*`.
    VLAD,
    /// Products of all pairs of entries; no weights.
    BILINEAR;

    private static final String CLUSTERS = "clusters";
    private static final int MAX_CLUSTERS = 1024;

    List<Option> options() {
        return switch (this) {
            case VLAD ->
                List.of(new Option(CLUSTERS, "64", "1 to " + MAX_CLUSTERS, "visual words, as many as were fitted"));
            case MEAN, BILINEAR -> List.of();
        };
    }

    /// **Shape:** (N, D, H, W) to (N, numbers). **Range:** unit norm.
    Value apply(Value features, WeightScope weights, OptionValues options) {
        return switch (this) {
            case MEAN -> L2Normalize.DEFAULT.apply(new GlobalAveragePool().apply(features));
            case VLAD ->
                new NetVlad(options.wholeNumber(CLUSTERS, 1, MAX_CLUSTERS), true)
                        .apply(features, weights.scope("pool"));
            case BILINEAR -> BilinearPool.DEFAULT.apply(features);
        };
    }
}
