package dev.fovea.architectures.siftnet;

/// A polynomial for the arc tangent on [-1, 1].
///
/// The Chebyshev expansion is known in closed form: with `p = sqrt(2) - 1`,
///
///     atan(t) = 2 sum_k (-1)^k p^(2k+1) / (2k+1) T_(2k+1)(t)
///
/// Cut after `terms` terms it is off by at most about `2 p^(2 terms + 1) / (2 terms + 1)`: 2.4e-7 rad with
/// 7 terms. Source: J. C. Mason, D. C. Handscomb, Chebyshev Polynomials, 2003, section 5.
final class ArcTangent {

    private ArcTangent() {}

    /// Coefficients of `c0 t + c1 t^3 + c2 t^5 + ...`.
    static double[] coefficients(int terms) {
        int degree = 2 * terms - 1;
        double p = Math.sqrt(2) - 1;
        double[] sum = new double[degree + 1];
        double[] before = new double[degree + 1]; // T_(n-1)
        double[] current = new double[degree + 1]; // T_n
        before[0] = 1;
        current[1] = 1;
        for (int n = 1; n <= degree; n++) {
            if (n % 2 == 1) {
                double weight = 2 * ((n / 2) % 2 == 0 ? 1 : -1) * Math.pow(p, n) / n;
                for (int i = 0; i <= degree; i++) {
                    sum[i] += weight * current[i];
                }
            }
            double[] next = new double[degree + 1]; // T_(n+1) = 2 t T_n - T_(n-1)
            for (int i = 0; i <= degree; i++) {
                next[i] = (i > 0 ? 2 * current[i - 1] : 0) - before[i];
            }
            before = current;
            current = next;
        }
        double[] odd = new double[terms];
        for (int i = 0; i < terms; i++) {
            odd[i] = sum[2 * i + 1];
        }
        return odd;
    }
}
