package dev.fovea.architectures.layers;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Reduce;
import java.util.ArrayList;
import java.util.List;

/// Maxima of grids of ever finer cells, whatever the size of the map.
///
/// Cell `i` of `k` covers rows `floor(i H / k)` to `ceil((i + 1) H / k)`; neighbours overlap where k does not divide H.
///
/// Source: He et al., "Spatial Pyramid Pooling in Deep Convolutional Networks", ECCV 2014, arXiv:1406.4729; cells of
/// PyTorch `adaptive_max_pool2d`. Order: level, channel, row, column.
///
/// **Shape:** (N, C, H, W) to (N, C times the sum of k x k). **Range:** that of the input.
///
/// @param levels cells per side, each at least 1
public record SpatialPyramid(List<Integer> levels) {

    /// 1, 4 and 16 cells.
    public static final SpatialPyramid DEFAULT = new SpatialPyramid(List.of(1, 2, 4));

    /// @throws IllegalArgumentException if there is no level or one has no cell
    public SpatialPyramid {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || levels.stream().anyMatch(cells -> cells < 1)) {
            throw new IllegalArgumentException("pyramid levels " + levels + ": at least one, each at least 1");
        }
    }

    public Value apply(Value x) {
        List<Value> parts = new ArrayList<>();
        for (int cells : levels) {
            Value rows = maxima(x, 2, cells); // (N, C, k, W)
            parts.add(Layout.flatten(maxima(rows, 3, cells))); // (N, C k k)
        }
        return Layout.concat(parts, 1);
    }

    private static Value maxima(Value x, int axis, int cells) {
        long size = x.shape().size(axis);
        List<Value> bands = new ArrayList<>();
        for (long i = 0; i < cells; i++) {
            Value band = Layout.slice(x, axis, i * size / cells, Math.ceilDiv((i + 1) * size, cells));
            bands.add(Reduce.max(band, axis));
        }
        return Layout.concat(bands, axis);
    }
}
