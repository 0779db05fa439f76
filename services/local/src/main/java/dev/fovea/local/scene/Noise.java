package dev.fovea.local.scene;

/// Repeatable randomness over the plane: the same seed and place always give the same number.
///
/// **Range:** [0, 1) everywhere.
record Noise(long seed) {

    /// The random number of a lattice cell; `channel` tells several numbers of one cell apart.
    double cell(long column, long row, int channel) {
        return (hash(column, row, channel) >>> 11) * 0x1.0p-53;
    }

    /// Value noise with features about one unit wide.
    double smooth(double x, double y) {
        long column = (long) Math.floor(x);
        long row = (long) Math.floor(y);
        double u = fade(x - column);
        double v = fade(y - row);
        double top = lerp(cell(column, row, 0), cell(column + 1, row, 0), u);
        double bottom = lerp(cell(column, row + 1, 0), cell(column + 1, row + 1, 0), u);
        return lerp(top, bottom, v);
    }

    /// Noise with detail at every scale: each octave is half as wide and half as strong.
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double amplitude = 0.5;
        double total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            // The offset keeps the lattices of two octaves from lining up.
            sum += amplitude * smooth(x + 17.3 * octave, y - 9.1 * octave);
            total += amplitude;
            amplitude *= 0.5;
            x *= 2;
            y *= 2;
        }
        return sum / total;
    }

    /// A generator of its own for an independent use.
    Noise fork(int use) {
        return new Noise(hash(use, 0x51ed270b, 7));
    }

    static double lerp(double from, double to, double share) {
        return from + share * (to - from);
    }

    /// 0 below `from`, 1 above `to`, a smooth step between.
    static double step(double from, double to, double value) {
        double t = Math.clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }

    private static double fade(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }

    /// Finaliser of SplitMix64 (Steele et al. 2014, `java.util.SplittableRandom`).
    private long hash(long a, long b, long c) {
        long z = seed + 0x9e3779b97f4a7c15L * a + 0xc2b2ae3d27d4eb4fL * b + 0x165667b19e3779f9L * c;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
