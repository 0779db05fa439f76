package dev.fovea.imaging.explain;

import java.nio.FloatBuffer;

/// A value for each cell of a grid over a model's input. Immutable: any thread.
///
/// **Shape:** `rows` x `columns`, row 0 at the top, column 0 at the left; row after row.
///
/// | alignment | the centre of column `c` lies at the input's x, pixels |
/// |---|---|
/// | cells (default) | `(c + 0.5) W / columns - 0.5`: the cells cover the input |
/// | corners | `c (W - 1) / (columns - 1)`: the outer cells' centres are the outer pixels (S3N's grids) |
public final class ScalarMap {

    private final int rows;
    private final int columns;
    private final float[] values;
    private final boolean corners;

    /// Whose cells cover the input; copies the values.
    ///
    /// @throws IllegalArgumentException if there are not `rows * columns` values, or one is not finite
    public ScalarMap(int rows, int columns, float[] values) {
        this(rows, columns, values.clone(), false);
    }

    private ScalarMap(int rows, int columns, float[] values, boolean corners) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.corners = corners;
        if (rows < 1 || columns < 1 || values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are no map of " + rows + " x " + columns);
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("map of " + rows + " x " + columns + " is " + values[i] + " at row "
                        + i / columns + ", column " + i % columns + "; only finite values can be drawn");
            }
        }
    }

    /// Whose cells cover the input; copies the buffer's remaining values and leaves its position.
    ///
    /// @throws IllegalArgumentException as the constructor
    public static ScalarMap of(int rows, int columns, FloatBuffer values) {
        return new ScalarMap(rows, columns, copy(values), false);
    }

    /// Whose outer cells are centred on the input's outer pixels, as resizing with aligned corners makes
    /// them.
    ///
    /// @throws IllegalArgumentException as the constructor
    public static ScalarMap ofCorners(int rows, int columns, FloatBuffer values) {
        return new ScalarMap(rows, columns, copy(values), true);
    }

    private static float[] copy(FloatBuffer values) {
        float[] copy = new float[values.remaining()];
        values.get(values.position(), copy);
        return copy;
    }

    /// The same map with zeros for negative values: what speaks for a class.
    public ScalarMap positive() {
        float[] positive = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            positive[i] = Math.max(0, values[i]);
        }
        return new ScalarMap(rows, columns, positive, corners);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public float value(int row, int column) {
        return values[row * columns + column];
    }

    /// Where the centre of a column lies in an input of this width, pixels.
    public double inputX(double column, int inputWidthPx) {
        return inputAt(column, columns, inputWidthPx);
    }

    /// Where the centre of a row lies in an input of this height, pixels.
    public double inputY(double row, int inputHeightPx) {
        return inputAt(row, rows, inputHeightPx);
    }

    private double inputAt(double cell, int cells, int pixels) {
        if (!corners) {
            return (cell + 0.5) * pixels / cells - 0.5;
        }
        return cells == 1 ? 0 : cell * (pixels - 1) / (cells - 1);
    }

    /// The column, with fractions, at an input pixel: the inverse of `inputX`; beyond the outer columns, too.
    double column(double inputX, int inputWidthPx) {
        return cellAt(inputX, columns, inputWidthPx);
    }

    double row(double inputY, int inputHeightPx) {
        return cellAt(inputY, rows, inputHeightPx);
    }

    private double cellAt(double pixel, int cells, int pixels) {
        if (!corners) {
            return (pixel + 0.5) * cells / pixels - 0.5;
        }
        return pixels == 1 ? 0 : pixel * (cells - 1) / (pixels - 1);
    }

    /// All values brought to 0 (the least) to 1 (the largest); a constant map is 0 everywhere.
    float[] normalized() {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        float[] normalized = new float[values.length];
        if (largest > least) {
            for (int i = 0; i < values.length; i++) {
                normalized[i] = (float) ((values[i] - least) / (largest - least));
            }
        }
        return normalized;
    }
}
