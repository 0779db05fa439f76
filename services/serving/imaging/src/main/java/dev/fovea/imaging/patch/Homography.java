package dev.fovea.imaging.patch;

import java.util.Arrays;
import java.util.BitSet;

/// A projective map of the query image's plane to the train image's, with the matches that agree with it.
public final class Homography {

    private static final int ELEMENTS = 9;

    private final double[] rowMajor;
    private final BitSet inliers;

    Homography(double[] rowMajor, BitSet inliers) {
        this.rowMajor = rowMajor.clone();
        this.inliers = (BitSet) inliers.clone();
    }

    /// A known map, without matches.
    ///
    /// @param rowMajor nine finite numbers, the last not zero; divided by it
    /// @throws IllegalArgumentException if they are not so
    public static Homography of(double... rowMajor) {
        boolean finite = Arrays.stream(rowMajor).allMatch(Double::isFinite);
        if (rowMajor.length != ELEMENTS || !finite || rowMajor[ELEMENTS - 1] == 0) {
            throw new IllegalArgumentException("homography " + Arrays.toString(rowMajor)
                    + " is not nine finite numbers of which the last is not zero");
        }
        double last = rowMajor[ELEMENTS - 1];
        return new Homography(
                Arrays.stream(rowMajor).map(element -> element / last).toArray(), new BitSet());
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
