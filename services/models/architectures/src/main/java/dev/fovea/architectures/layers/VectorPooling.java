package dev.fovea.architectures.layers;

import dev.fovea.architectures.weights.WeightScope;
import dev.fovea.onnx.Value;
import java.util.Locale;

/// Every pooling that makes one vector of the maps of an image, by name, so that any can be the head of any trunk.
///
/// | name       | layer               | numbers of C channels |
/// |------------|---------------------|-----------------------|
/// | `gap`      | [GlobalAveragePool] | C                     |
/// | `spoc`     | [GlobalAveragePool] | C                     |
/// | `gmp`      | [GlobalMaxPool]     | C                     |
/// | `add`      | [AddAvgMax]         | C                     |
/// | `cat`      | [CatAvgMax]         | 2 C                   |
/// | `gem`      | [GemPool]           | C                     |
/// | `spp`      | [SpatialPyramid]    | 21 C                  |
/// | `bilinear` | [BilinearPool]      | C x C                 |
/// | `rmac`     | [RegionalMaxPool]   | C                     |
/// | `netvlad`  | [NetVlad]           | 64 C                  |
///
/// Only `netvlad` has weights.
///
/// **Shape:** (N, C, H, W) to (N, numbers).
public enum VectorPooling {
    GAP,
    SPOC,
    GMP,
    ADD,
    CAT,
    GEM,
    SPP,
    BILINEAR,
    RMAC,
    NETVLAD;

    private static final int REGION_LEVELS = 3;
    private static final int WORDS = 64;

    /// With each layer's defaults; 3 sizes of regions, 64 visual words.
    ///
    /// @param weights for a pooling that has some; the scope of the pooling itself
    public Value apply(Value maps, WeightScope weights) {
        return switch (this) {
            case GAP, SPOC -> new GlobalAveragePool().apply(maps);
            case GMP -> new GlobalMaxPool().apply(maps);
            case ADD -> new AddAvgMax().apply(maps);
            case CAT -> new CatAvgMax().apply(maps);
            case GEM -> GemPool.DEFAULT.apply(maps);
            case SPP -> SpatialPyramid.DEFAULT.apply(maps);
            case BILINEAR -> BilinearPool.DEFAULT.apply(maps);
            case RMAC -> new RegionalMaxPool(REGION_LEVELS).apply(maps);
            case NETVLAD -> new NetVlad(WORDS, true).apply(maps, weights);
        };
    }

    /// As users type it: `gap`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
