package dev.fovea.architectures.layers;

import dev.fovea.onnx.Graph;
import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import dev.fovea.onnx.shape.Shape;
import java.util.List;

/// Turns a map of what matters into the points to look at: each point moves towards what matters near it.
///
/// `u = sum Q(v) k(v, u) v / sum Q(v) k(v, u)`, the map Q replicated beyond its border, k a Gaussian.
/// Replicating, filtering and weighing with a coordinate are all matrices along one axis, so they are folded
/// into two: G, and H with the coordinate inside. Then `G Q G^T` is the divisor, `G Q H^T` the x part and `H
/// Q G^T` the y part: two small matrix products for all three.
///
/// Source: Recasens et al., "Learning to Zoom: a Saliency-Based Sampling Layer for Neural Networks", ECCV
/// 2018, eq. 3 and 4; S3N `create_grid`.
///
/// **Shape:** (N, 1, S, S) to (N, 2, S, S): x, then y. **Range:** -1 (first row or column) to 1 (last).
///
/// @param size side of the map, S
/// @param padding positions replicated on each side; the Gaussian reaches as far
/// @param widthAtHalf full width of the Gaussian at half its height, positions
public record SaliencyGrid(int size, int padding, double widthAtHalf) {

    /// As S3N has it.
    public static final SaliencyGrid DEFAULT = new SaliencyGrid(31, 30, 13);

    public Value apply(Value map) {
        Graph graph = map.graph();
        float[] stacked = stacked();
        Value left = graph.constant("filters", stacked, Shape.of(2L * size, size));
        Value right = graph.constant("filters_transposed", transposed(stacked), Shape.of(size, 2L * size));
        Value all = Linear.matMul(Linear.matMul(left, map), right); // (N, 1, 2 S, 2 S)
        Value plain = Layout.slice(all, 2, 0, size);
        Value divisor = Layout.slice(plain, 3, 0, size);
        Value x = Layout.slice(plain, 3, size, 2L * size);
        Value y = Layout.slice(Layout.slice(all, 2, size, 2L * size), 3, 0, size);
        Value points = Elementwise.div(Layout.concat(List.of(x, y), 1), divisor); // (N, 2, S, S)
        return Elementwise.clip(points, -1, 1);
    }

    /// G above H.
    private float[] stacked() {
        float[] matrix = new float[2 * size * size];
        for (int row = 0; row < size; row++) {
            double[] plain = new double[size];
            double[] placed = new double[size];
            for (int tap = -padding; tap <= padding; tap++) {
                int at = row + tap; // beyond 0 to size - 1 the border is replicated
                double weight = Math.exp(-4 * Math.log(2) * tap * tap / (widthAtHalf * widthAtHalf));
                int source = Math.clamp(at, 0, size - 1);
                plain[source] += weight;
                placed[source] += weight * (2.0 * at / (size - 1) - 1);
            }
            for (int column = 0; column < size; column++) {
                matrix[row * size + column] = (float) plain[column];
                matrix[(size + row) * size + column] = (float) placed[column];
            }
        }
        return matrix;
    }

    private float[] transposed(float[] stacked) {
        float[] result = new float[stacked.length];
        for (int i = 0; i < stacked.length; i++) {
            result[i % size * 2 * size + i / size] = stacked[i];
        }
        return result;
    }
}
