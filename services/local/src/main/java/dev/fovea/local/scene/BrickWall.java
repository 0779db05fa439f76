package dev.fovea.local.scene;

/// A weathered brick wall, some with an eye painted on them.
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
    private final Bond bond;
    private final Mural mural;

    /// @param x,y of the pupil, texels
    /// @param unit texels from the pupil to the rays
    private record Mural(double x, double y, double unit) {

        static final Mural MIDDLE = new Mural(Relief.WIDTH / 2.0, Relief.HEIGHT / 2.0, 480);
    }

    private BrickWall(long seed, Bond bond, Mural mural) {
        this.noise = new Noise(seed);
        this.bond = bond;
        this.mural = mural;
    }

    /// Stretcher bond with an eye in its middle.
    static void paintSample(Relief relief, long seed) {
        paint(relief, new BrickWall(seed, Bond.STRETCHER, Mural.MIDDLE), true);
    }

    /// Every other wall has an eye somewhere: it says nothing about the bond.
    static void paint(Relief relief, long seed, Bond bond) {
        Noise chance = new Noise(seed).fork(1);
        Mural somewhere = new Mural(
                Relief.WIDTH * (0.25 + 0.5 * chance.cell(1, 0, 0)),
                Relief.HEIGHT * (0.25 + 0.5 * chance.cell(2, 0, 0)),
                300 + 250 * chance.cell(3, 0, 0));
        paint(relief, new BrickWall(seed, bond, somewhere), chance.cell(4, 0, 0) < 0.5);
    }

    private static void paint(Relief relief, BrickWall wall, boolean painted) {
        relief.paint(wall::masonry);
        if (painted) {
            relief.paint(wall::mural);
        }
        relief.paint(wall::weather);
    }

    private Texel masonry(double x, double y, Texel below) {
        long row = (long) Math.floor(y / COURSE);
        Bond.Brick brick = bond.at((x + bond.slack() * noise.cell(0, row, 3)) / LENGTH, row);
        long column = brick.number();
        double wobble = 5 * (noise.fractal(x / 14, y / 14, 3) - 0.5);
        double inside =
                insideBrick(LENGTH * brick.along(), y - row * COURSE, LENGTH * brick.length(), column, row) + wobble;
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
    private double insideBrick(double x, double y, double length, long column, long row) {
        double joint = JOINT + 4 * (noise.cell(column, row, 7) - 0.5);
        double dx = length / 2 - joint - Math.abs(x - length / 2);
        double dy = COURSE / 2 - joint - Math.abs(y - COURSE / 2 - 4 * (noise.cell(column, row, 8) - 0.5));
        return Math.min(dx, dy);
    }

    private Texel mural(double x, double y, Texel below) {
        double u = (x - mural.x) / mural.unit;
        double v = (y - mural.y) / mural.unit;
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
