package dev.fovea.builder.numbers;

/// A linear classifier: scores `features weights^T + bias`.
public final class LinearHead {

    private final Matrix weights;
    private final float[] bias;

    /// @param weights (classes, features)
    /// @param bias one number per class
    LinearHead(Matrix weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /// (classes, features).
    public Matrix weights() {
        return weights;
    }

    /// One number per class.
    public float[] bias() {
        return bias.clone();
    }

    /// (rows, classes), logarithms of unnormalised probabilities.
    public Matrix scores(Matrix features) {
        Matrix scores = Matrix.zeros(features.rows(), weights.rows());
        Blas.productTransposed(features, weights, scores);
        for (int i = 0; i < scores.rows(); i++) {
            for (int c = 0; c < bias.length; c++) {
                scores.set(i, c, scores.get(i, c) + bias[c]);
            }
        }
        return scores;
    }
}
