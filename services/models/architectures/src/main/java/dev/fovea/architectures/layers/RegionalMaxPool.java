package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import java.util.ArrayList;
import java.util.List;

/// R-MAC: the sum of the unit vectors of maxima over square regions of several sizes.
///
/// Source: Tolias et al., "Particular Object Retrieval with Integral Max-Pooling of CNN Activations", ICLR
/// 2016, arXiv:1511.05879, section 3.2. At level l the regions have the side 2 min(W, H) / (l + 1); l of them
/// lie along the shorter side, evenly spread, and along the longer side as many more as keep their overlap
/// near 40 %.
///
/// **Shape:** (N, C, H, W) to (N, C). **Range:** unbounded; the sum has no unit norm.
///
/// @param levels L in the paper, 3
public record RegionalMaxPool(int levels) {

    private static final double OVERLAP = 0.4;
    private static final int MOST_EXTRA = 6;

    /// From a corner, in positions.
    private record Region(long top, long left, long side) {}

    /// @throws IllegalArgumentException if there is no level
    public RegionalMaxPool {
        if (levels < 1) {
            throw new IllegalArgumentException("regional maxima of " + levels + " levels: at least 1 is needed");
        }
    }

    public Value apply(Value x) {
        return regions(x.shape().size(2), x.shape().size(3)).stream()
                .map(region -> L2Normalize.DEFAULT.apply(new GlobalMaxPool().apply(cut(x, region))))
                .reduce(Elementwise::add)
                .orElseThrow();
    }

    private List<Region> regions(long height, long width) {
        long shorter = Math.min(height, width);
        int extraRows = extra(height, shorter);
        int extraColumns = extra(width, shorter);
        List<Region> regions = new ArrayList<>();
        for (int level = 1; level <= levels; level++) {
            long side = Math.max(1, 2 * shorter / (level + 1));
            for (long top : starts(height - side, level + extraRows)) {
                for (long left : starts(width - side, level + extraColumns)) {
                    regions.add(new Region(top, left, side));
                }
            }
        }
        return regions;
    }

    /// How many regions more than the level's number lie along a side.
    private static int extra(long length, long shorter) {
        int best = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int extra = 1; length > shorter && extra <= MOST_EXTRA; extra++) {
            double step = (double) (length - shorter) / extra;
            double distance = Math.abs(1 - step / shorter - OVERLAP);
            if (distance < nearest) {
                nearest = distance;
                best = extra;
            }
        }
        return best;
    }

    private static List<Long> starts(long room, int count) {
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add(count == 1 ? 0 : i * room / (count - 1));
        }
        return starts;
    }

    private static Value cut(Value x, Region region) {
        Value rows = Layout.slice(x, 2, region.top, region.top + region.side);
        return Layout.slice(rows, 3, region.left, region.left + region.side);
    }
}
