package dev.fovea.builder.numbers;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/// Matrix products and eigenvectors by OpenBLAS, which OpenCV brings along.
///
/// One thread computes, whatever the machine has, so that the order of sums and with it the answer does not depend on
/// the number of processors. Why OpenBLAS: decision 0008.
final class Blas {

    /// Numbers that are widened to double at once.
    private static final int BLOCK = 1 << 22;

    static {
        Loader.load(openblas.class);
        openblas.blas_set_num_threads(1);
    }

    private Blas() {}

    /// `a b`: (n, k) times (k, m).
    static Matrix product(Matrix a, Matrix b) {
        Matrix result = Matrix.zeros(a.rows(), b.columns());
        multiply(a, b.values(), openblas.CblasNoTrans, result);
        return result;
    }

    /// `a b^T`: (n, k) times the transpose of (m, k), into (n, m).
    static void productTransposed(Matrix a, Matrix b, Matrix result) {
        multiply(a, b.values(), openblas.CblasTrans, result);
    }

    /// `a^T b`: the transpose of (n, k) times (n, m).
    static Matrix transposedProduct(Matrix a, Matrix b) {
        Matrix result = Matrix.zeros(a.columns(), b.columns());
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasTrans,
                openblas.CblasNoTrans,
                a.columns(),
                b.columns(),
                a.rows(),
                1,
                a.values(),
                a.columns(),
                b.values(),
                b.columns(),
                0,
                result.values(),
                b.columns());
        return result;
    }

    private static void multiply(Matrix a, float[] b, int transposition, Matrix result) {
        boolean transposed = transposition == openblas.CblasTrans;
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                transposition,
                a.rows(),
                result.columns(),
                a.columns(),
                1,
                a.values(),
                a.columns(),
                b,
                transposed ? a.columns() : result.columns(),
                0,
                result.values(),
                result.columns());
    }

    /// `m^T m` in double, upper triangle of (columns, columns), row major.
    static double[] covariances(Matrix m) {
        int size = m.columns();
        double[] sum = new double[Math.multiplyExact(size, size)];
        int block = Math.max(1, BLOCK / size);
        for (int from = 0; from < m.rows(); from += block) {
            int count = Math.min(block, m.rows() - from);
            double[] wide = new double[count * size];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = m.values()[from * size + i];
            }
            openblas.cblas_dsyrk(
                    openblas.CblasRowMajor,
                    openblas.CblasUpper,
                    openblas.CblasTrans,
                    size,
                    count,
                    1,
                    wide,
                    size,
                    1,
                    sum,
                    size);
        }
        return sum;
    }

    /// `m m^T` in double, upper triangle of (rows, rows), row major.
    static double[] gram(Matrix m) {
        int size = m.rows();
        double[] sum = new double[Math.multiplyExact(size, size)];
        int block = Math.max(1, BLOCK / size);
        for (int from = 0; from < m.columns(); from += block) {
            int count = Math.min(block, m.columns() - from);
            double[] wide = new double[size * count];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < count; j++) {
                    wide[i * count + j] = m.get(i, from + j);
                }
            }
            openblas.cblas_dsyrk(
                    openblas.CblasRowMajor,
                    openblas.CblasUpper,
                    openblas.CblasNoTrans,
                    size,
                    count,
                    1,
                    wide,
                    count,
                    1,
                    sum,
                    size);
        }
        return sum;
    }

    /// Replaces a symmetric matrix, given by its upper triangle, by its eigenvectors: column `j` belongs to the
    /// eigenvalue `j` of the result, which ascend.
    ///
    /// @throws IllegalStateException if LAPACK does not converge, which finite numbers do not bring about
    static double[] eigen(double[] symmetric, int size) {
        double[] eigenvalues = new double[size];
        int status = openblas.LAPACKE_dsyevd(
                openblas.LAPACK_ROW_MAJOR, (byte) 'V', (byte) 'U', size, symmetric, size, eigenvalues);
        if (status != 0) {
            throw new IllegalStateException("no eigenvectors of a matrix of " + size + " x " + size + ": LAPACK's"
                    + " dsyevd returned " + status);
        }
        return eigenvalues;
    }
}
