package dev.fovea.builder.numbers;

import java.util.Arrays;

/// Rows of float32, one after the other.
///
/// Mutable and unsynchronised: one thread fills it, after which any number may read it.
public final class Matrix {

    private final int rows;
    private final int columns;
    private final float[] values;

    private Matrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /// @throws IllegalArgumentException if it would be empty, or larger than an array or than two thirds of the heap
    public static Matrix zeros(int rows, int columns) {
        long elements = (long) rows * columns;
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + columns + " is empty");
        }
        long limit = Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / 6);
        if (elements > limit) {
            throw new IllegalArgumentException(rows + " rows of " + columns + " numbers are above the limit of " + limit
                    + " numbers; take fewer images or shorter features, or a larger heap (-Xmx)");
        }
        return new Matrix(rows, columns, new float[(int) elements]);
    }

    /// Takes the array over.
    ///
    /// @throws IllegalArgumentException if its length is another than `rows * columns`
    public static Matrix of(int rows, int columns, float... values) {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " numbers are no matrix of " + rows + " x " + columns);
        }
        return new Matrix(rows, columns, values);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public float get(int row, int column) {
        return values[row * columns + column];
    }

    public void set(int row, int column, float value) {
        values[row * columns + column] = value;
    }

    /// A copy of one row.
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    public void setRow(int row, float[] from) {
        System.arraycopy(from, 0, values, row * columns, columns);
    }

    /// The named rows, in that order, copied.
    public Matrix pick(int[] wanted) {
        Matrix picked = zeros(wanted.length, columns);
        for (int i = 0; i < wanted.length; i++) {
            System.arraycopy(values, wanted[i] * columns, picked.values, i * columns, columns);
        }
        return picked;
    }

    /// The first rows; this matrix itself if those are all.
    public Matrix head(int count) {
        return count == rows ? this : of(count, columns, Arrays.copyOf(values, count * columns));
    }

    /// `count` rows from `from` on, copied.
    Matrix range(int from, int count) {
        return of(count, columns, Arrays.copyOfRange(values, from * columns, (from + count) * columns));
    }

    public Matrix transposed() {
        Matrix result = zeros(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result.values[j * rows + i] = values[i * columns + j];
            }
        }
        return result;
    }

    /// The mean of each column, summed in double.
    public float[] columnMeans() {
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sums[j] += values[i * columns + j];
            }
        }
        float[] means = new float[columns];
        for (int j = 0; j < columns; j++) {
            means[j] = (float) (sums[j] / rows);
        }
        return means;
    }

    /// Subtracts a row from each row.
    public void subtract(float[] row) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] -= row[j];
            }
        }
    }

    /// Divides each row by its Euclidean norm; a row of zeros stays.
    public void normaliseRows() {
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += (double) values[i * columns + j] * values[i * columns + j];
            }
            double norm = sum > 0 ? Math.sqrt(sum) : 1;
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = (float) (values[i * columns + j] / norm);
            }
        }
    }

    /// A copy of all numbers, row after row.
    public float[] toArray() {
        return values.clone();
    }

    /// All numbers, row after row, lent to this package.
    float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "matrix of " + rows + " x " + columns;
    }
}
