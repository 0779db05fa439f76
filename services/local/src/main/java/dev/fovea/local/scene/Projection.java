package dev.fovea.local.scene;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// A known projective map of one plane to another: the truth that an estimated homography is compared with.
///
/// **Units:** pixels on both sides; pixel centres are at integers.
///
/// @param a to `i` are the 3 x 3 matrix, row by row
public record Projection(double a, double b, double c, double d, double e, double f, double g, double h, double i) {

    public static final Projection IDENTITY = new Projection(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// @param rowMajor nine elements
    /// @throws IllegalArgumentException if there are not nine
    public static Projection of(double... rowMajor) {
        if (rowMajor.length != 9) {
            throw new IllegalArgumentException("a homography has 9 elements, not " + rowMajor.length);
        }
        double[] m = rowMajor;
        return new Projection(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
    }

    /// Reads what [#text()] wrote.
    ///
    /// @throws IllegalArgumentException if it is not nine numbers
    public static Projection parse(String text) {
        return of(Arrays.stream(text.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray());
    }

    static Projection scaling(double factor) {
        return new Projection(factor, 0, 0, 0, factor, 0, 0, 0, 1);
    }

    static Projection shift(double x, double y) {
        return new Projection(1, 0, x, 0, 1, y, 0, 0, 1);
    }

    /// Where the point (x, y) lands.
    public Point map(double x, double y) {
        double weight = g * x + h * y + i;
        return new Point((a * x + b * y + c) / weight, (d * x + e * y + f) / weight);
    }

    /// First this map, then the other.
    public Projection then(Projection next) {
        double[] product = new double[9];
        double[] left = next.toArray();
        double[] right = toArray();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int k = 0; k < 3; k++) {
                    product[3 * row + column] += left[3 * row + k] * right[3 * k + column];
                }
            }
        }
        return of(product).normalised();
    }

    /// The way back.
    ///
    /// @throws ArithmeticException if the map squeezes the plane onto a line
    public Projection inverse() {
        double determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
        if (determinant == 0) {
            throw new ArithmeticException("no way back from " + this);
        }
        return new Projection(
                        e * i - f * h,
                        c * h - b * i,
                        b * f - c * e,
                        f * g - d * i,
                        a * i - c * g,
                        c * d - a * f,
                        d * h - e * g,
                        b * g - a * h,
                        a * e - b * d)
                .normalised();
    }

    /// The nine elements, row by row.
    public double[] toArray() {
        return new double[] {a, b, c, d, e, f, g, h, i};
    }

    /// Three lines of three numbers, exact.
    public String text() {
        return Arrays.stream(toArray())
                .mapToObj(value -> String.format(Locale.ROOT, "%.17g", value))
                .collect(Collectors.joining(" "))
                .replaceAll("(\\S+ \\S+ \\S+) ?", "$1\n");
    }

    /// Maps differ by a factor only in name; the last element is made 1 unless it vanishes.
    private Projection normalised() {
        double s = i == 0 ? 1 : i;
        return new Projection(a / s, b / s, c / s, d / s, e / s, f / s, g / s, h / s, i / s);
    }

    /// A place in an image, pixels.
    public record Point(double x, double y) {

        public double distance(Point other) {
            return Math.hypot(x - other.x, y - other.y);
        }
    }
}
