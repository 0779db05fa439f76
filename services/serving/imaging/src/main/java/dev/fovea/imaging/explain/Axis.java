package dev.fovea.imaging.explain;

import java.util.function.DoubleUnaryOperator;

/// For each pixel of one side of a canvas: between which two cells of a map it lies, and how far.
///
/// Beyond the centres of the outer cells the map goes on as it is there.
final class Axis {

    private final int[] cells;
    private final float[] fractions;
    private final boolean[] shown;
    private final int last;

    /// @param length of the side, pixels
    /// @param count of the map's cells along it
    /// @param cellAt the cell, with fractions, at a pixel; not a number where the map says nothing
    Axis(int length, int count, DoubleUnaryOperator cellAt) {
        this.cells = new int[length];
        this.fractions = new float[length];
        this.shown = new boolean[length];
        this.last = count - 1;
        for (int i = 0; i < length; i++) {
            double cell = cellAt.applyAsDouble(i);
            shown[i] = !Double.isNaN(cell);
            double inside = shown[i] ? Math.clamp(cell, 0, last) : 0;
            cells[i] = (int) inside;
            fractions[i] = (float) (inside - cells[i]);
        }
    }

    int length() {
        return cells.length;
    }

    boolean shows(int pixel) {
        return shown[pixel];
    }

    int cell(int pixel) {
        return cells[pixel];
    }

    int nextCell(int pixel) {
        return Math.min(cells[pixel] + 1, last);
    }

    /// How far the pixel lies from `cell` towards `nextCell`, 0 to 1.
    float fraction(int pixel) {
        return fractions[pixel];
    }
}
