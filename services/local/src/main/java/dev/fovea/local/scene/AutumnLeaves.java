package dev.fovea.local.scene;

/// Fallen leaves over each other on dark soil.
final class AutumnLeaves {

    private static final int LEAVES = 1000;

    private static final Colour[] SEASON = Colour.palette(
            0xd98a1f, 0xc7621d, 0xa83a1c, 0xe0b13c, 0x8a5a2b, 0x6e4324, 0xb5772c, 0x7d2f1e, 0xc9a24a, 0x8d8a3a,
            0x5c6b2f, 0xe6c768, 0x9c4a20, 0xd36f2a);
    private static final Colour SOIL = Colour.of(0x3a2c20);

    private final Noise noise;

    private AutumnLeaves(long seed) {
        noise = new Noise(seed);
    }

    static void paint(Relief relief, long seed) {
        AutumnLeaves ground = new AutumnLeaves(seed);
        relief.paint(ground::soil);
        for (int number = 0; number < LEAVES; number++) {
            Leaf leaf = ground.leaf(number);
            double reach = leaf.length * 0.62 + 16;
            relief.paint(leaf.x - reach, leaf.y - reach, leaf.x + reach, leaf.y + reach, ground.painter(leaf));
        }
    }

    /// @param turn radians, from the x axis to the tip
    /// @param width of the blade over its length
    private record Leaf(int number, double x, double y, double length, double turn, double width, Colour colour) {}

    private Leaf leaf(int number) {
        // Later leaves lie on top; small ones on top of large ones leave more to see.
        double age = 1 - number / (double) LEAVES;
        return new Leaf(
                number,
                noise.cell(number, 1, 0) * (Relief.WIDTH + 100) - 50,
                noise.cell(number, 1, 1) * (Relief.HEIGHT + 100) - 50,
                95 + 130 * noise.cell(number, 1, 2) + 60 * age,
                2 * Math.PI * noise.cell(number, 1, 3),
                0.2 + 0.16 * noise.cell(number, 1, 4),
                Colour.pick(SEASON, noise.cell(number, 1, 5))
                        .times((0.7 + 0.4 * noise.cell(number, 1, 6)) * (1 - 0.35 * age)));
    }

    private Texel soil(double x, double y, Texel below) {
        double grain = noise.fractal(x / 7, y / 7, 4);
        return new Texel(SOIL.times(0.4 + grain), 6 * grain);
    }

    private Painter painter(Leaf leaf) {
        double cos = Math.cos(leaf.turn);
        double sin = Math.sin(leaf.turn);
        return (x, y, below) -> {
            double dx = x - leaf.x;
            double dy = y - leaf.y;
            // Along the midrib, 0 at the stalk and 1 at the tip, and across it, in units of the length.
            double along = (dx * cos + dy * sin) / leaf.length + 0.5;
            double across = (dy * cos - dx * sin) / leaf.length;
            if (Math.abs(across) > 0.5) {
                return below;
            }
            double bend = across - 0.09 * Math.sin(Math.PI * along) * (noise.cell(leaf.number, 1, 7) - 0.5) * 2;
            double shade = inside(leaf, along - 9 / leaf.length * (cos + sin), bend - 9 / leaf.length * (cos - sin));
            Texel ground = below.darkened(1 - 0.55 * Noise.step(-0.06, 0.04, shade));
            double inside = inside(leaf, along, bend);
            if (inside <= -0.02) {
                return ground;
            }
            return ground.covered(blade(leaf, along, bend, inside, x, y), Noise.step(-0.004, 0.006, inside));
        };
    }

    /// Distance to the leaf's edge in units of its length, positive inside.
    private double inside(Leaf leaf, double along, double across) {
        if (along < -0.14 || along > 1) {
            return -0.1;
        }
        double stalk = 0.009 - Math.abs(across);
        if (along < 0) {
            return stalk;
        }
        double teeth = 0.012 * Math.abs(Math.sin(along * 46 + leaf.number));
        double edge = leaf.width * Math.pow(Math.sin(Math.PI * Math.pow(along, 0.8)), 0.75) - teeth * (1 - along);
        return Math.max(edge - Math.abs(across), stalk);
    }

    private Texel blade(Leaf leaf, double along, double across, double inside, double x, double y) {
        Noise own = noise.fork(leaf.number);
        double patchy = own.fractal(x / 22, y / 22, 4);
        double side = Math.abs(across);
        double veins = along - 0.75 * side;
        double nearest = Math.abs(veins * 9 - Math.round(veins * 9)) / 9;
        double vein = Math.max(Noise.step(0.008, 0.002, nearest), Noise.step(0.012, 0.004, side));
        double spots = Noise.step(0.63, 0.7, own.fractal(x / 9, y / 9 + 60, 3));
        Colour colour = leaf.colour
                .times(0.72 + 0.55 * patchy)
                .mix(Colour.of(0x4a2a16), 0.8 * spots + 0.5 * Noise.step(0.03, 0, inside))
                .mix(Colour.of(0xead29a), 0.6 * vein);
        double curl = 13 * Math.sin(Math.PI * Math.clamp(along, 0, 1)) - 70 * side + 9 * patchy;
        return new Texel(colour, curl - 2.5 * vein + 8 * own.smooth(x / 60, y / 60));
    }
}
