package dev.fovea.architectures.siftnet;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Layout;
import dev.fovea.onnx.op.Linear;
import java.util.List;

/// Hats as second differences of kinks, with the magnitude inside: one fused pass writes all planes.
///
/// With a middle bin c, `up_k = max(0, o - k)` for k from c and `down_k = max(0, k - o)` for k to c:
///
/// | bin   | hat                                          |
/// |-------|----------------------------------------------|
/// | k < c | `down_(k-1) - 2 down_k + down_(k+1)`         |
/// | c     | `1 + down_(c-1) - down_c - up_c + up_(c+1)`  |
/// | k > c | `up_(k-1) - 2 up_k + up_(k+1)`               |
///
/// A kink times the magnitude m is `max(0, m o - k m)`, linear in m o and m before the maximum. Kinks grow
/// with the distance from their bin, so differences lose digits: about 1e-5 of the largest entry, and an
/// empty bin is not exactly empty.
///
/// Planes: m, then `down` for lowest + 1 to c, then `up` for c to highest - 1.
///
/// @param bins A, a full turn
/// @param lowest the lowest bin an angle can touch; bins are counted on from it and wrap around
/// @param highest the highest bin an angle can touch
record Kinks(int bins, int lowest, int highest) implements SoftBinning {

    @Override
    public int planes() {
        return 1 + highest - lowest;
    }

    @Override
    public Value apply(Value angle, Value magnitude) {
        float[] weights = new float[2 * planes()]; // of (m o, m)
        weights[1] = 1;
        for (int k = lowest + 1; k <= middle(); k++) {
            weights[2 * down(k)] = -1;
            weights[2 * down(k) + 1] = k;
        }
        for (int k = middle(); k < highest; k++) {
            weights[2 * up(k)] = 1;
            weights[2 * up(k) + 1] = -k;
        }
        Value both = Layout.concat(List.of(Elementwise.mul(magnitude, angle), magnitude), 1); // (N, 2, P)
        return Elementwise.relu(Linear.pointwise(both, weights, new float[planes()])); // (N, R, P)
    }

    @Override
    public float[] toBins() {
        float[] matrix = new float[bins * planes()];
        for (int k = lowest; k <= highest; k++) {
            int row = Math.floorMod(k, bins) * planes();
            if (k < middle()) {
                addDown(matrix, row, k - 1, 1);
                addDown(matrix, row, k, -2);
                addDown(matrix, row, k + 1, 1);
            } else if (k > middle()) {
                addUp(matrix, row, k - 1, 1);
                addUp(matrix, row, k, -2);
                addUp(matrix, row, k + 1, 1);
            } else {
                matrix[row] += 1;
                addDown(matrix, row, k - 1, 1);
                addDown(matrix, row, k, -1);
                addUp(matrix, row, k, -1);
                addUp(matrix, row, k + 1, 1);
            }
        }
        return matrix;
    }

    private int middle() {
        return Math.floorDiv(lowest + highest, 2);
    }

    private int down(int k) {
        return k - lowest;
    }

    private int up(int k) {
        return 1 + k - lowest;
    }

    private void addDown(float[] matrix, int row, int k, float weight) {
        if (k > lowest) { // no angle is below the lowest bin
            matrix[row + down(k)] += weight;
        }
    }

    private void addUp(float[] matrix, int row, int k, float weight) {
        if (k < highest) { // no angle is above the highest bin
            matrix[row + up(k)] += weight;
        }
    }
}
