package dev.fovea.architectures.embedding;

import dev.fovea.architectures.Option;
import dev.fovea.architectures.OptionValues;
import dev.fovea.architectures.layers.GemPool;
import dev.fovea.architectures.layers.GlobalAveragePool;
import dev.fovea.architectures.layers.NetVlad;
import dev.fovea.architectures.layers.RegionalMaxPool;
import dev.fovea.architectures.layers.VectorPooling;
import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.Arrays;
import java.util.List;

/// How an embedder makes one vector of feature maps, with the options of each way.
public enum Pooling {
    /// Generalised mean.
    GEM,
    /// Mean.
    SPOC,
    /// Sum of regional maxima.
    RMAC,
    /// Residuals to visual words.
    NETVLAD,
    /// Any [VectorPooling].
    ANY;

    private static final String P = "p";
    private static final String LEARNT = "learnt";
    private static final String LEVELS = "levels";
    private static final String CLUSTERS = "clusters";
    private static final String ASSIGNMENT_BIAS = "assignment_bias";
    private static final String POOLING = "pooling";
    private static final int MAX_CLUSTERS = 4096;
    private static final int MAX_LEVELS = 6;

    List<Option> options() {
        return switch (this) {
            case GEM ->
                List.of(new Option(
                        P, "3", "above 0, or " + LEARNT, "exponent; learnt: the tensor pool.p of the weights"));
            case SPOC -> List.of();
            case RMAC -> List.of(new Option(LEVELS, "3", "1 to " + MAX_LEVELS, "sizes of the regions"));
            case NETVLAD ->
                List.of(
                        new Option(CLUSTERS, "64", "1 to " + MAX_CLUSTERS, "visual words"),
                        new Option(
                                ASSIGNMENT_BIAS, "true", "true or false", "whether the weights hold pool.conv.bias"));
            case ANY ->
                List.of(new Option(POOLING, "gap", Arrays.toString(VectorPooling.values()), "pooling of the maps"));
        };
    }

    /// @param maps (N, C, H, W)
    /// @param weights those of the pooling itself
    /// @return (N, D)
    /// @throws IllegalArgumentException if an option is out of range, quoting value and limit
    Value apply(Value maps, WeightScope weights, OptionValues options) {
        return switch (this) {
            case GEM -> gem(weights, options).apply(maps);
            case SPOC -> new GlobalAveragePool().apply(maps);
            case RMAC -> new RegionalMaxPool(options.wholeNumber(LEVELS, 1, MAX_LEVELS)).apply(maps);
            case NETVLAD ->
                new NetVlad(options.wholeNumber(CLUSTERS, 1, MAX_CLUSTERS), options.flag(ASSIGNMENT_BIAS))
                        .apply(maps, weights);
            case ANY -> options.choice(POOLING, VectorPooling.class).apply(maps, weights);
        };
    }

    private static GemPool gem(WeightScope weights, OptionValues options) {
        return options.text(P).equals(LEARNT)
                ? GemPool.learnt(weights)
                : new GemPool((float) options.number(P), GemPool.DEFAULT.epsilon());
    }
}
