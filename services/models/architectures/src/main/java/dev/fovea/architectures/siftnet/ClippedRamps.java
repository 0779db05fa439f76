package dev.fovea.architectures.siftnet;

import dev.fovea.onnx.Value;
import dev.fovea.onnx.op.Elementwise;
import dev.fovea.onnx.op.Linear;
import java.util.Arrays;

/// Hats as differences of ramps `r_k = clip(o - k, 0, 1)`: `hat_k = r_(k-1) - r_k`.
///
/// Where a bin gets nothing the two ramps are equal bit by bit, and so are their pooled sums: the bin is
/// exactly zero. RootSIFT needs that, because its square root makes 3e-4 of a rounding error of 1e-7.
///
/// The first plane is the constant ramp 1, which ends at the lowest bin.
///
/// @param bins A, a full turn
/// @param lowest the lowest bin an angle can touch; bins are counted on from it and wrap around
/// @param highest the highest bin an angle can touch
record ClippedRamps(int bins, int lowest, int highest) implements SoftBinning {

    @Override
    public int planes() {
        return 1 + highest - lowest;
    }

    @Override
    public Value apply(Value angle, Value magnitude) {
        float[] slopes = new float[planes()];
        float[] offsets = new float[planes()];
        Arrays.fill(slopes, 1, slopes.length, 1f);
        offsets[0] = 1;
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = 1 - i - lowest;
        }
        Value ramps = Elementwise.clip(Linear.pointwise(angle, slopes, offsets), 0, 1); // (N, R, P)
        return Elementwise.mul(ramps, magnitude);
    }

    @Override
    public float[] toBins() {
        float[] matrix = new float[bins * planes()];
        for (int i = 0; i < planes(); i++) {
            int row = Math.floorMod(lowest + i, bins) * planes();
            matrix[row + i] += 1; // the ramp that ends at this bin
            if (i + 1 < planes()) {
                matrix[row + i + 1] -= 1; // the ramp that starts at it
            }
        }
        return matrix;
    }
}
