package dev.fovea.retrieval.rerank;

/// A projective map of the plane: (x, y, 1) to `(a x + b y + c, d x + e y + f) / (g x + h y + i)`.
record PlaneMap(double a, double b, double c, double d, double e, double f, double g, double h, double i) {

    static PlaneMap affine(double a, double b, double c, double d, double e, double f) {
        return new PlaneMap(a, b, c, d, e, f, 0, 0, 1);
    }

    static PlaneMap of(double[] m) {
        return new PlaneMap(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
    }

    double x(double x, double y) {
        return (a * x + b * y + c) / weight(x, y);
    }

    double y(double x, double y) {
        return (d * x + e * y + f) / weight(x, y);
    }

    double weight(double x, double y) {
        return g * x + h * y + i;
    }

    double[] rowMajor() {
        return new double[] {a, b, c, d, e, f, g, h, i};
    }

    /// First this map, then the other.
    PlaneMap then(PlaneMap next) {
        double[] left = next.rowMajor();
        double[] right = rowMajor();
        double[] product = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    product[3 * row + column] += left[3 * row + k] * right[3 * k + column];
                }
            }
        }
        return of(product);
    }

    /// Around (x, y) the map acts as a turn, a stretch along two directions, and a turn: the longer stretch,
    /// the shorter, which is negative where the map mirrors.
    Stretch stretch(double x, double y) {
        double weight = weight(x, y);
        double xx = (a - x(x, y) * g) / weight;
        double xy = (b - x(x, y) * h) / weight;
        double yx = (d - y(x, y) * g) / weight;
        double yy = (e - y(x, y) * h) / weight;
        double sum = Math.hypot(xx + yy, yx - xy) / 2;
        double difference = Math.hypot(xx - yy, yx + xy) / 2;
        return new Stretch(sum + difference, sum - difference);
    }

    /// Singular values of the map's derivative, the second with the determinant's sign.
    record Stretch(double longer, double shorter) {}
}
