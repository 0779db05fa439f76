package dev.fovea.local.scene;

/// A street of hewn stones in rows, of the same minerals as [Pebbles], sand between them.
final class Cobblestones {

    private static final Colour[] STONE = Colour.palette(
            0x8d9093, 0x6f7479, 0xb8b2a7, 0xa38d74, 0x7c6a58, 0x59616b, 0x9a7466, 0x50545a, 0x83796c, 0x6b7f83);
    private static final Colour QUARTZ = Colour.of(0xeae6dc);
    private static final Colour SAND = Colour.of(0x5d5243);

    private final Noise noise;
    private final double length;
    private final double course;

    private Cobblestones(long seed) {
        noise = new Noise(seed);
        Noise chance = noise.fork(1);
        length = 100 + 50 * chance.cell(1, 0, 0);
        course = length * (0.75 + 0.2 * chance.cell(2, 0, 0));
    }

    static void paint(Relief relief, long seed) {
        relief.paint(new Cobblestones(seed)::stone);
    }

    private Texel stone(double x, double y, Texel below) {
        double bentX = x + 0.5 * length * (noise.smooth(x / 110, y / 110) - 0.5);
        double bentY = y + 0.5 * course * (noise.smooth(x / 130 + 50, y / 130) - 0.5);
        long row = (long) Math.floor(bentY / course);
        double shifted = bentX / length + noise.cell(0, row, 3);
        // The joint to the left of each stone lies a little off its place, other for each.
        long nearest = Math.round(shifted);
        long column = shifted < joint(nearest, row) ? nearest - 1 : nearest;
        double left = joint(column, row);
        double right = joint(column + 1, row);
        double middleX = (left + right) / 2;
        double dx = ((right - left) / 2 - Math.abs(shifted - middleX)) * length;
        double dy = course / 2 - Math.abs(bentY - (row + 0.5) * course);
        double rough = noise.fractal(x / 6, y / 6, 4);
        double inside = rounded(dx, dy, 0.22 * course) - 0.045 * course * (1 + noise.cell(column, row, 4));
        Texel sand = new Texel(SAND.times(0.45 + 0.7 * rough), 4 * rough);
        if (inside < 0) {
            return sand.darkened(0.6 + 0.4 * Noise.step(0, 0.1 * course, -inside));
        }
        double dome = Math.sqrt(Math.min(1, inside / (0.3 * course)));
        double height = 0.2 * course * (dome * (2 - dome)) + 2 * rough;
        return sand.covered(new Texel(mineral(column, row, x, y, rough), height), Noise.step(0, 2, inside));
    }

    private double joint(long column, long row) {
        return column + 0.24 * (noise.cell(column, row, 5) - 0.5);
    }

    /// Distance to the edge of a rectangle whose corners are cut round, positive inside.
    private static double rounded(double dx, double dy, double radius) {
        if (dx > radius || dy > radius) {
            return Math.min(dx, dy);
        }
        return radius - Math.hypot(radius - dx, radius - dy);
    }

    private Colour mineral(long column, long row, double x, double y, double rough) {
        Colour base = Colour.pick(STONE, noise.cell(column, row, 6)).times(0.75 + 0.4 * noise.cell(column, row, 7));
        Colour mottled = base.times(0.78 + 0.45 * rough);
        double speckle = Noise.step(0.66, 0.74, noise.fractal(x / 3.5 + 70, y / 3.5, 2));
        return noise.cell(column, row, 8) < 0.5
                ? mottled.mix(QUARTZ, 0.8 * speckle)
                : mottled.mix(SAND.times(0.5), 0.7 * speckle);
    }
}
