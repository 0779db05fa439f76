package dev.fovea.imaging.explain;

import dev.fovea.imaging.OpenCv;
import java.nio.FloatBuffer;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/// What each position gives to the score of a class, where a linear layer stands behind a bilinear pooling: what each
/// pair of channels gives to it is divided among the positions as the sum of the pair's products is.
///
///     r(p) = sum_ij F_ij f_i(p) g_j(p) / s_ij          s_ij = sum_p f_i(p) g_j(p), 0 where s_ij is 0
///
/// f and g are the features of one image that are pooled, F the class's form (`response_forms`); the shares sum to
/// what the form sums to. In float32, with M = F / S: the products of matrices S = f g^T and M g, and a sum over the
/// channels of f.
///
/// **Time:** D E P multiply-adds for an image and again for each class, one thread. **Memory:** f, g, S, one form and
/// one product, native.
///
/// Source: dev.fovea.architectures.layers.ResponseForms, for the pooling of Lin et al., "Bilinear CNN Models for
/// Fine-grained Visual Recognition", ICCV 2015.
///
/// **Threads:** one. **Who closes it:** whoever made it. Closing twice is harmless.
public final class BilinearResponse implements AutoCloseable {

    /// Sums of a smaller magnitude count as 0.
    private static final float TINY = 1e-30f;

    private final Mat left;
    private final Mat right;
    private final Mat reciprocals;
    private final boolean[] seen;

    private BilinearResponse(Mat left, Mat right, boolean... seen) {
        this.left = left;
        this.right = right;
        this.seen = seen;
        this.reciprocals = reciprocals(left, right);
    }

    /// Copies both, each from its position to its limit; they may be the same.
    ///
    /// @param left f, (D, positions)
    /// @param right g, (E, positions)
    /// @throws IllegalArgumentException if one is no number of whole channels
    public static BilinearResponse of(FloatBuffer left, FloatBuffer right, int positions) {
        for (FloatBuffer features : new FloatBuffer[] {left, right}) {
            if (positions < 1 || features.remaining() < 1 || features.remaining() % positions != 0) {
                throw new IllegalArgumentException(
                        features.remaining() + " values are no channels of " + positions + " positions");
            }
        }
        OpenCv.load();
        return new BilinearResponse(
                matrix(left, left.remaining() / positions, positions),
                matrix(right, right.remaining() / positions, positions),
                seen(left, positions));
    }

    /// The share of each position.
    ///
    /// @param form F, (D, E), row after row, from its position to its limit
    /// @param bias of the class, shared evenly by the positions where something is seen; a border of zeros has
    ///     none of it
    /// @throws IllegalArgumentException if the form has another size
    public float[] shares(FloatBuffer form, float bias) {
        if (form.remaining() != (long) left.rows() * right.rows()) {
            throw new IllegalArgumentException("a form of " + form.remaining() + " values is not " + left.rows() + " x "
                    + right.rows() + ", the channels of the features");
        }
        Mat matrix = matrix(form, left.rows(), right.rows());
        Mat none = new Mat();
        Mat products = new Mat();
        try {
            Core.multiply(matrix, reciprocals, matrix);
            Core.gemm(matrix, right, 1, none, 0, products); // (D, P)
            Core.multiply(products, left, products);
            Core.reduce(products, products, 0, Core.REDUCE_SUM);
            float[] shares = new float[left.cols()];
            products.get(0, 0, shares);
            spread(bias, shares);
            return shares;
        } finally {
            matrix.release();
            none.release();
            products.release();
        }
    }

    /// `1 / s_ij`, 0 where that is 0.
    private static Mat reciprocals(Mat left, Mat right) {
        Mat none = new Mat();
        Mat sums = new Mat();
        try {
            Core.gemm(left, right, 1, none, 0, sums, Core.GEMM_2_T);
        } finally {
            none.release();
        }
        float[] values = new float[sums.rows() * sums.cols()];
        sums.get(0, 0, values);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]) < TINY ? 0 : 1 / values[i];
        }
        sums.put(0, 0, values);
        return sums;
    }

    /// Which positions have a feature other than 0.
    private static boolean[] seen(FloatBuffer features, int positions) {
        var seen = new boolean[positions];
        for (int i = 0; i < features.remaining(); i++) {
            seen[i % positions] |= features.get(features.position() + i) != 0;
        }
        return seen;
    }

    private void spread(float bias, float... shares) {
        int positions = 0;
        for (boolean one : seen) {
            positions += one ? 1 : 0;
        }
        for (int p = 0; p < shares.length; p++) {
            shares[p] += seen[p] ? bias / positions : 0;
        }
    }

    private static Mat matrix(FloatBuffer values, int rows, int columns) {
        float[] copy = new float[values.remaining()];
        values.get(values.position(), copy);
        Mat matrix = new Mat(rows, columns, CvType.CV_32FC1);
        matrix.put(0, 0, copy);
        return matrix;
    }

    @Override
    public void close() {
        left.release();
        right.release();
        reciprocals.release();
    }
}
