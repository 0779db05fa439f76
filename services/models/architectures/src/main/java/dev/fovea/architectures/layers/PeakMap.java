package dev.fovea.architectures.layers;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Pool;
import dev.fovea.onnx.op.Reduce;
import dev.fovea.onnx.op.Window;
import dev.fovea.onnx.shape.Shape;
import java.util.Arrays;

/// Finds the peaks of a map: the largest of their window, the first in row-major order on ties, and at least
/// the map's mean. The map is first scaled to 0 to 1.
///
/// A constant map has no peaks. Constant is a range of at most a millionth of the largest absolute value:
/// resizing rounds equal numbers to slightly different ones. Peaks are discontinuous: where a rival in the
/// window or the mean is within rounding of the peak, the last bit of the trunk decides.
///
/// Source: Zhou et al., "Weakly Supervised Instance Segmentation using Class Peak Response", CVPR 2018,
/// `peak_stimulation` with window 3 and the mean filter.
///
/// **Shape:** (N, 1, H, W) to the same.
///
/// @param window side, odd
public record PeakMap(int window) {

    /// As published.
    public static final PeakMap DEFAULT = new PeakMap(3);

    private static final float ROUNDING = 1e-6f;

    /// @throws IllegalArgumentException if the window is even or below 1
    public PeakMap {
        if (window < 1 || window % 2 == 0) {
            throw new IllegalArgumentException("a peak's window of " + window + " must be odd and at least 1");
        }
    }

    /// A scaled map and where its peaks are.
    ///
    /// @param scaled float32 (N, 1, H, W), 0 to 1
    /// @param isPeak BOOL (N, 1, H, W)
    public record Peaks(Value scaled, Value isPeak) {

        /// The scaled map at peaks, 0 elsewhere; no peak is 0.
        public Value scores() {
            return Elementwise.where(isPeak, scaled, scaled.graph().scalar(0));
        }
    }

    public Peaks apply(Value map) {
        Graph graph = map.graph();
        Value lowest = Reduce.min(map, 2, 3); // (N, 1, 1, 1)
        Value highest = Reduce.max(map, 2, 3);
        Value range = Elementwise.sub(highest, lowest);
        Value largest = Elementwise.max(Elementwise.abs(lowest), Elementwise.abs(highest));
        Value varies = Elementwise.greater(range, Elementwise.scale(largest, ROUNDING));
        Value divisor = Elementwise.where(varies, range, graph.scalar(Float.POSITIVE_INFINITY));
        Value scaled = Elementwise.div(Elementwise.sub(map, lowest), divisor);
        Value isHigh = Elementwise.greaterOrEqual(scaled, Reduce.mean(scaled, 2, 3));
        Value isPeak = Elementwise.and(Elementwise.and(isLargest(scaled), isHigh), varies);
        return new Peaks(scaled, isPeak);
    }

    private Value isLargest(Value map) {
        Graph graph = map.graph();
        long height = map.shape().size(2);
        long width = map.shape().size(3);
        long[] positions = new long[Math.toIntExact(height * width)];
        Arrays.setAll(positions, i -> i);
        Value largest =
                Pool.maxWithIndices(map, new Window(window, 1, window / 2)).indices();
        // Indices count through the batch; a map has one channel.
        Value inMap = Elementwise.mod(largest, graph.constant("positions_per_map", positions.length));
        Value own = graph.constant("positions", positions, Shape.of(1, 1, height, width));
        return Elementwise.equal(inMap, own);
    }
}
