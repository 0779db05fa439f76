package dev.fovea.onnx.shape;

import java.util.ArrayList;
import java.util.List;

/// The rule by which operands of different shapes meet element by element: aligned at the right, a size of
/// 1 repeats.
public final class Broadcast {

    private static final Dim ONE = Dim.of(1);

    private Broadcast() {}

    /// Shape of the result.
    ///
    /// @param operator named in the complaint
    /// @throws IllegalArgumentException if the shapes do not meet, naming both
    public static Shape of(String operator, Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        List<Dim> dims = new ArrayList<>();
        for (int back = rank; back >= 1; back--) {
            Dim a = back <= left.rank() ? left.dim(-back) : ONE;
            Dim b = back <= right.rank() ? right.dim(-back) : ONE;
            if (!a.equals(b) && !a.equals(ONE) && !b.equals(ONE)) {
                throw new IllegalArgumentException(operator + ": shapes do not broadcast: left " + left + ", right "
                        + right + " (" + a + " against " + b + ")");
            }
            dims.add(a.equals(ONE) ? b : a);
        }
        return new Shape(dims);
    }
}
