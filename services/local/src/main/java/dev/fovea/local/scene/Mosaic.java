package dev.fovea.local.scene;

/// A floor mosaic of small stones: a rosette between rings of waves, in a field of tiles.
final class Mosaic {

    private static final Colour[] CREAM = Colour.palette(0xe6dcc3, 0xdccfb0, 0xefe7d3, 0xd3c4a2, 0xe2d4b8);
    private static final Colour[] BLUE = Colour.palette(0x27506f, 0x1f415e, 0x356a86, 0x2b5a7c, 0x18344f);
    private static final Colour[] TERRACOTTA = Colour.palette(0xb2573a, 0xa0482f, 0xc26b49, 0x8f3d2a, 0xb96243);
    private static final Colour[] OCHRE = Colour.palette(0xd0a044, 0xc08e35, 0xdcb05a, 0xb07f2c);
    private static final Colour[] GREEN = Colour.palette(0x5c7a52, 0x4b6a47, 0x6f8c61, 0x3e5a3e);
    private static final Colour[] BLACK = Colour.palette(0x2b2a2e, 0x35343a, 0x232226, 0x3d3b3f);
    private static final double STONE = 18;
    private static final Colour GROUT = Colour.of(0x8d8271);

    private final Noise noise;
    private final Cells stones;

    private Mosaic(long seed) {
        noise = new Noise(seed);
        stones = new Cells(noise.fork(1), STONE, 0.45);
    }

    static void paint(Relief relief, long seed) {
        Mosaic mosaic = new Mosaic(seed);
        relief.paint(mosaic::stone);
    }

    private Texel stone(double x, double y, Texel below) {
        Cells.Cell cell = stones.at(x, y);
        double grain = noise.fractal(x / 6, y / 6, 4);
        double worn = noise.fractal(x / 260, y / 260, 4);
        Texel grout = new Texel(GROUT.times(0.6 + 0.5 * grain), 3 * grain);
        if (stones.chance(cell, 0) < 0.012 + 0.08 * Noise.step(0.6, 0.72, worn)) {
            // A stone is missing.
            return grout.darkened(0.7);
        }
        Colour[] palette = palette(cell.centreX() - Relief.WIDTH / 2.0, cell.centreY() - Relief.HEIGHT / 2.0);
        Colour colour = Colour.pick(palette, stones.chance(cell, 1))
                .times((0.82 + 0.3 * stones.chance(cell, 2)) * (0.85 + 0.3 * grain) * (1.12 - 0.3 * worn));
        double edge = stones.border(cell, x, y, 1.2) - 1.4 - 1.5 * (noise.smooth(x / 7, y / 7) - 0.5);
        double tilt = 0.07 * (stones.chance(cell, 3) - 0.5) * (x - cell.centreX())
                + 0.07 * (stones.chance(cell, 4) - 0.5) * (y - cell.centreY());
        double height = 4 + 2 * Noise.step(0, 4, edge) + 4 * tilt + 1.5 * grain;
        return grout.covered(new Texel(colour, height), Noise.step(-0.7, 0.9, edge));
    }

    /// Which stones the pattern wants at a place, pixels from the centre of the rosette.
    private static Colour[] palette(double x, double y) {
        double radius = Math.hypot(x, y);
        double angle = Math.atan2(y, x);
        if (radius < 70) {
            return radius < 40 ? OCHRE : BLACK;
        }
        if (radius < 330) {
            return petals(radius, angle);
        }
        if (radius < 362) {
            return BLACK;
        }
        if (radius < 520) {
            return waves((radius - 441) / 79, angle * 14);
        }
        if (radius < 556) {
            return radius < 540 ? TERRACOTTA : BLACK;
        }
        return radius < 760 ? guilloche((radius - 658) / 102, angle * 18) : field(x, y, radius);
    }

    private static Colour[] petals(double radius, double angle) {
        double share = (radius - 70) / 260;
        double inner = Math.abs(Math.sin(6 * angle)) - 0.55 * Math.abs(share - 0.5) - 0.5;
        double outer = Math.abs(Math.cos(6 * angle)) - 0.8 * Math.abs(share - 0.42) - 0.35;
        if (inner > 0.18) {
            return TERRACOTTA;
        }
        if (inner > 0) {
            return OCHRE;
        }
        return outer > 0.15 ? GREEN : outer > 0 ? BLUE : CREAM;
    }

    private static Colour[] waves(double across, double phase) {
        double crest = across - 0.55 * Math.sin(phase) - 0.25 * Math.sin(2 * phase + 0.8);
        return crest > 0.14 ? CREAM : crest > -0.1 ? BLACK : crest > -0.55 ? BLUE : GREEN;
    }

    private static Colour[] guilloche(double across, double phase) {
        double one = Math.abs(across - 0.6 * Math.sin(phase));
        double two = Math.abs(across + 0.6 * Math.sin(phase));
        boolean oneOnTop = Math.cos(phase) > 0;
        double upper = oneOnTop ? one : two;
        double lower = oneOnTop ? two : one;
        if (upper < 0.27) {
            return upper < 0.15 ? (oneOnTop ? TERRACOTTA : BLUE) : BLACK;
        }
        if (lower < 0.27) {
            return lower < 0.15 ? (oneOnTop ? BLUE : TERRACOTTA) : BLACK;
        }
        return Math.abs(across) > 0.9 ? BLACK : CREAM;
    }

    private static Colour[] field(double x, double y, double radius) {
        double u = (x + y) / 150;
        double v = (x - y) / 150;
        double du = Math.abs(u - Math.round(u));
        double dv = Math.abs(v - Math.round(v));
        if (radius < 800 || Math.min(du, dv) < 0.1) {
            return radius < 790 && radius > 775 ? TERRACOTTA : BLACK;
        }
        long kind = Math.floorMod(Math.round(Math.floor(u)) * 2 + Math.round(Math.floor(v)), 5);
        double middle = Math.max(Math.abs(u - Math.floor(u) - 0.5), Math.abs(v - Math.floor(v) - 0.5));
        Colour[][] fill = {OCHRE, GREEN, TERRACOTTA, BLUE, OCHRE};
        return middle < 0.22 ? fill[(int) kind] : CREAM;
    }
}
