package dev.fovea.local.scene;

/// A weathered brick wall with an eye painted on it.
final class BrickWall {

    private static final double LENGTH = 196;
    private static final double COURSE = 76;
    private static final double JOINT = 7;

    private static final Colour[] CLAY = Colour.palette(
            0x9c4a36, 0x8b3f30, 0xa8583e, 0x7a3a30, 0xb4694a, 0x93503c, 0x6b332c, 0xa34e33, 0xbd7a58, 0x84473a);
    private static final Colour MORTAR = Colour.of(0xb9b0a2);
    private static final Colour SOOT = Colour.of(0x2c2624);
    private static final Colour LIME = Colour.of(0xd9d2c6);

    private final Noise noise;

    private BrickWall(long seed) {
        noise = new Noise(seed);
    }

    static void paint(Relief relief, long seed) {
        BrickWall wall = new BrickWall(seed);
        relief.paint(wall::masonry);
        relief.paint(wall::mural);
        relief.paint(wall::weather);
    }

    private Texel masonry(double x, double y, Texel below) {
        long row = (long) Math.floor(y / COURSE);
        double shifted = x + (row % 2 == 0 ? 0 : LENGTH / 2) + 16 * noise.cell(0, row, 3);
        long column = (long) Math.floor(shifted / LENGTH);
        double wobble = 5 * (noise.fractal(x / 14, y / 14, 3) - 0.5);
        double inside = insideBrick(shifted - column * LENGTH, y - row * COURSE, column, row) + wobble;
        double grain = noise.fractal(x / 5, y / 5, 4);
        Texel joint = new Texel(MORTAR.times(0.55 + 0.6 * grain), 4 * grain - 5);
        double tone = 0.72 + 0.35 * noise.cell(column, row, 4) + 0.35 * (grain - 0.5);
        Colour clay = Colour.pick(CLAY, noise.cell(column, row, 5))
                .times(tone)
                .mix(SOOT, 0.75 * Noise.step(0.62, 0.7, noise.fractal(x / 9 + 500, y / 9, 3)));
        double tilt = 3 * (noise.cell(column, row, 6) - 0.5);
        double rounding = 6 * Noise.step(0, 11, inside);
        return joint.covered(new Texel(clay, rounding + tilt + 5 * grain), Noise.step(-1, 1.5, inside));
    }

    /// Distance to the brick's edge, positive inside.
    private double insideBrick(double x, double y, long column, long row) {
        double joint = JOINT + 4 * (noise.cell(column, row, 7) - 0.5);
        double dx = LENGTH / 2 - joint - Math.abs(x - LENGTH / 2);
        double dy = COURSE / 2 - joint - Math.abs(y - COURSE / 2 - 4 * (noise.cell(column, row, 8) - 0.5));
        return Math.min(dx, dy);
    }

    private Texel mural(double x, double y, Texel below) {
        double u = (x - Relief.WIDTH / 2.0) / 480;
        double v = (y - Relief.HEIGHT / 2.0) / 480;
        double ragged = 0.02 * (noise.fractal(x / 25, y / 25 + 90, 3) - 0.5);
        double paint = 0.95 * Noise.step(0.24, 0.46, noise.fractal(x / 19, y / 19 + 40, 5));
        // Two circles of radius 1.25, 0.75 above and below, cut an almond out of each other.
        double almond = 1.25 - Math.max(Math.hypot(u, v - 0.72), Math.hypot(u, v + 0.72)) + ragged;
        double iris = 0.43 - Math.hypot(u, v) + ragged;
        Texel painted = layer(below, Colour.of(0x1d2b44), almond + 0.07, paint);
        painted = layer(painted, Colour.of(0xf1e9d6), almond, paint);
        painted = layer(painted, irisColour(u, v), Math.min(iris, almond), paint);
        painted = layer(painted, Colour.of(0x131722), Math.min(0.19 - Math.hypot(u, v) + ragged, almond), paint);
        painted = layer(painted, Colour.of(0xfdfaf0), 0.06 - Math.hypot(u + 0.11, v + 0.11), paint);
        return layer(painted, Colour.of(0xe2b23a), rays(u, v) + ragged, paint);
    }

    private static Texel layer(Texel below, Colour colour, double inside, double paint) {
        // Thick paint fills the roughness of the brick a little.
        Texel coat = new Texel(colour, 0.8 * below.height() + 0.6);
        return below.covered(coat, paint * Noise.step(-0.004, 0.004, inside));
    }

    private Colour irisColour(double u, double v) {
        double angle = Math.atan2(v, u);
        double radius = Math.hypot(u, v);
        double fibres = noise.fractal(angle * 14, radius * 5, 3);
        Colour colour = Colour.of(0x1f8a8c).mix(Colour.of(0x8fd0b0), 1.6 * fibres - 0.3);
        return colour.mix(Colour.of(0x123c52), Noise.step(0.33, 0.43, radius));
    }

    private static double rays(double u, double v) {
        double angle = Math.atan2(v, u) / (2 * Math.PI) * 24;
        double radius = Math.hypot(u / 1.3, v);
        double width = 0.26 - Math.abs(angle - Math.round(angle));
        double longRay = Math.floorMod(Math.round(angle), 2) == 0 ? 1.12 : 0.98;
        return Math.min(Math.min(width * 0.3, radius - 0.86), longRay - radius);
    }

    private Texel weather(double x, double y, Texel below) {
        double damp = Noise.step(0.5, 0.75, noise.fractal(x / 420, y / 300 + 7, 4));
        double bloom = Noise.step(0.6, 0.78, noise.fractal(x / 160 + 31, y / 200, 5));
        Texel dirty = below.darkened(1 - 0.35 * damp);
        return new Texel(dirty.colour().mix(LIME, 0.45 * bloom), dirty.height());
    }
}
