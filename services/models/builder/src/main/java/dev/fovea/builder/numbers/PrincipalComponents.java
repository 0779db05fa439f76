package dev.fovea.builder.numbers;

/// The directions in which samples vary most.
///
/// Exact for up to [#MAX_EXACT] samples or dimensions, whichever is less: the smaller of the covariance matrix and the
/// samples' inner products is decomposed. Beyond that, an even choice of as many samples stands for all.
public final class PrincipalComponents {

    /// Rows or columns of the matrix that is decomposed; its eigenvectors take about a minute.
    public static final int MAX_EXACT = 4096;

    /// Of the largest variance: what is below it is rounding.
    private static final double NOISE = 1e-9;

    private final float[] mean;
    private final Matrix directions;
    private final double[] variances;
    private final boolean exact;

    private PrincipalComponents(float[] mean, Matrix directions, double[] variances, boolean exact) {
        this.exact = exact;
        this.mean = mean;
        this.directions = directions;
        this.variances = variances;
    }

    /// @param samples one per row, at least 2; not changed
    /// @param most how many components are wanted; fewer come out if the samples do not vary in as many directions
    /// @throws IllegalArgumentException if there are too few samples, or all are equal
    public static PrincipalComponents of(Matrix samples, int most) {
        if (samples.rows() < 2) {
            throw new IllegalArgumentException("principal components of " + samples.rows() + " samples; 2 are needed");
        }
        float[] mean = samples.columnMeans();
        boolean small = Math.min(samples.rows(), samples.columns()) <= MAX_EXACT;
        Matrix centred = samples.pick(Choices.evenly(samples.rows(), small ? samples.rows() : MAX_EXACT));
        centred.subtract(mean);
        return centred.columns() <= centred.rows()
                ? byCovariance(centred, mean, most)
                : byGram(centred, mean, most, small);
    }

    private static PrincipalComponents byCovariance(Matrix centred, float[] mean, int most) {
        int size = centred.columns();
        double[] vectors = Blas.covariances(centred);
        double[] values = Blas.eigen(vectors, size);
        int kept = kept(values, most);
        Matrix directions = Matrix.zeros(size, kept);
        for (int j = 0; j < kept; j++) {
            for (int i = 0; i < size; i++) {
                directions.set(i, j, (float) vectors[i * size + size - 1 - j]);
            }
        }
        return new PrincipalComponents(mean, withSigns(directions), variances(values, kept, centred.rows()), true);
    }

    /// With `X X^T = U S U^T`, the directions are `X^T U / sqrt(S)`.
    private static PrincipalComponents byGram(Matrix centred, float[] mean, int most, boolean exact) {
        int size = centred.rows();
        double[] vectors = Blas.gram(centred);
        double[] values = Blas.eigen(vectors, size);
        int kept = kept(values, most);
        Matrix weights = Matrix.zeros(size, kept);
        for (int j = 0; j < kept; j++) {
            double length = Math.sqrt(values[size - 1 - j]);
            for (int i = 0; i < size; i++) {
                weights.set(i, j, (float) (vectors[i * size + size - 1 - j] / length));
            }
        }
        Matrix directions = Blas.transposedProduct(centred, weights);
        return new PrincipalComponents(mean, withSigns(directions), variances(values, kept, size), exact);
    }

    private static int kept(double[] ascending, int most) {
        double largest = ascending[ascending.length - 1];
        if (!(largest > 0)) {
            throw new IllegalArgumentException("all samples are equal, so no direction tells them apart");
        }
        int kept = 0;
        while (kept < Math.min(most, ascending.length) && ascending[ascending.length - 1 - kept] > NOISE * largest) {
            kept++;
        }
        return kept;
    }

    private static double[] variances(double[] ascending, int kept, int samples) {
        double[] variances = new double[kept];
        for (int j = 0; j < kept; j++) {
            variances[j] = ascending[ascending.length - 1 - j] / samples;
        }
        return variances;
    }

    /// An eigenvector's sign is arbitrary: the largest entry becomes positive, so that equal samples give equal files.
    private static Matrix withSigns(Matrix directions) {
        for (int j = 0; j < directions.columns(); j++) {
            float largest = 0;
            for (int i = 0; i < directions.rows(); i++) {
                float value = directions.get(i, j);
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            for (int i = 0; largest < 0 && i < directions.rows(); i++) {
                directions.set(i, j, -directions.get(i, j));
            }
        }
        return directions;
    }

    /// How many there are.
    public int count() {
        return variances.length;
    }

    /// Whether all samples were decomposed, not a choice of them.
    boolean isExact() {
        return exact;
    }

    /// Of the samples, by dimension.
    public float[] mean() {
        return mean.clone();
    }

    /// (dimensions, components): one unit vector per column, the one of most variance first.
    public Matrix directions() {
        return directions;
    }

    /// The share of the listed components' variance that the first `count` have.
    public double share(int count) {
        double first = 0;
        double all = 0;
        for (int j = 0; j < variances.length; j++) {
            first += j < count ? variances[j] : 0;
            all += variances[j];
        }
        return first / all;
    }

    /// Mean square of the samples' coordinate along a component.
    public double variance(int component) {
        return variances[component];
    }

    /// The directions divided by their standard deviations: along each the samples vary alike.
    public Matrix whitening() {
        Matrix result = Matrix.zeros(directions.rows(), directions.columns());
        for (int j = 0; j < result.columns(); j++) {
            double deviation = Math.sqrt(variances[j]);
            for (int i = 0; i < result.rows(); i++) {
                result.set(i, j, (float) (directions.get(i, j) / deviation));
            }
        }
        return result;
    }

    /// The samples' coordinates: (samples, components).
    public Matrix coordinates(Matrix samples) {
        Matrix coordinates = Blas.product(samples, directions);
        coordinates.subtract(
                Blas.product(Matrix.of(1, mean.length, mean), directions).values());
        return coordinates;
    }
}
