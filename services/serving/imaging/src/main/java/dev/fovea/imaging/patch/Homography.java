package dev.fovea.imaging.patch;

import java.util.BitSet;

/// A projective map of the query image's plane to the train image's, with the matches that agree with it.
public final class Homography {

    private final double[] rowMajor;
    private final BitSet inliers;

    Homography(double[] rowMajor, BitSet inliers) {
        this.rowMajor = rowMajor.clone();
        this.inliers = (BitSet) inliers.clone();
    }

    /// Element of the 3 x 3 matrix; the last is 1.
    public double get(int row, int column) {
        return rowMajor[row * 3 + column];
    }

    /// The nine elements, row-major, copied.
    public double[] toArray() {
        return rowMajor.clone();
    }

    /// Whether the match at `index` of the estimated list agrees.
    public boolean isInlier(int index) {
        return inliers.get(index);
    }

    public int inlierCount() {
        return inliers.cardinality();
    }

    /// Column, in the train image, of the query image's point (x, y).
    public double mapX(double x, double y) {
        return (get(0, 0) * x + get(0, 1) * y + get(0, 2)) / weight(x, y);
    }

    /// Row, in the train image, of the query image's point (x, y).
    public double mapY(double x, double y) {
        return (get(1, 0) * x + get(1, 1) * y + get(1, 2)) / weight(x, y);
    }

    private double weight(double x, double y) {
        return get(2, 0) * x + get(2, 1) * y + get(2, 2);
    }
}
