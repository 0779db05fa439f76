package dev.fovea.local.scene;

/// A beach of rounded stones on gravel.
final class Pebbles {

    private static final Colour[] STONE = Colour.palette(
            0x8d9093, 0x6f7479, 0xb8b2a7, 0xa38d74, 0x7c6a58, 0xc9c3b6, 0x59616b, 0x9a7466, 0x50545a, 0xd8d2c4,
            0x83796c, 0x6b7f83, 0xa9654f, 0x92a09b);
    private static final Colour QUARTZ = Colour.of(0xeae6dc);
    private static final Colour SAND = Colour.of(0x5d5243);

    private final Noise noise;

    private Pebbles(long seed) {
        noise = new Noise(seed);
    }

    static void paint(Relief relief, long seed) {
        Pebbles pebbles = new Pebbles(seed);
        relief.paint(pebbles::sand);
        double[] sizes = {24, 46, 84, 150};
        double[] cover = {0.95, 0.8, 0.62, 0.42};
        for (int layer = 0; layer < sizes.length; layer++) {
            int use = layer;
            Cells cells = new Cells(pebbles.noise.fork(layer), sizes[layer], 0.85);
            relief.paint((x, y, below) -> pebbles.stone(cells, cover[use], x, y, below));
        }
    }

    private Texel sand(double x, double y, Texel below) {
        double grain = noise.fractal(x / 4, y / 4, 4);
        return new Texel(SAND.times(0.5 + 0.8 * grain), 4 * grain);
    }

    /// @param cover share of the cells that hold a stone
    private Texel stone(Cells cells, double cover, double x, double y, Texel below) {
        double size = cells.size();
        double bentX = x + 0.2 * size * (cells.noise().smooth(1.7 * x / size, 1.7 * y / size) - 0.5);
        double bentY = y + 0.2 * size * (cells.noise().smooth(1.7 * x / size + 50, 1.7 * y / size) - 0.5);
        Cells.Cell cell = cells.at(bentX, bentY);
        if (cells.chance(cell, 0) > cover) {
            return below;
        }
        double gap = 0.02 * size * (1 + 3 * cells.chance(cell, 3));
        double inside = cells.border(cell, bentX, bentY, 0.085 * size) - gap;
        if (inside < 0) {
            // The stone keeps light from what lies just beside it.
            return below.darkened(0.45 + 0.55 * Noise.step(0, 0.12 * size, -inside));
        }
        double dome = Math.sqrt(Math.min(1, inside / (0.36 * size)));
        double height = 0.32 * size * (dome * (2 - dome)) + 0.02 * size;
        double rough = cells.noise().fractal(x / 6, y / 6, 4);
        Texel surface = new Texel(mineral(cells, cell, x, y, rough), height + 1.6 * rough);
        return below.covered(surface, Noise.step(0, 1.6, inside));
    }

    private Colour mineral(Cells cells, Cells.Cell cell, double x, double y, double rough) {
        Colour base = Colour.pick(STONE, cells.chance(cell, 1)).times(0.75 + 0.4 * cells.chance(cell, 2));
        double turn = 2 * Math.PI * cells.chance(cell, 4);
        double dx = x - cell.centreX();
        double dy = y - cell.centreY();
        double across = dx * Math.cos(turn) + dy * Math.sin(turn);
        double warp = cells.noise().fractal(x / 30, y / 30, 3) * 30;
        Colour mottled = base.times(0.78 + 0.45 * rough);
        double speckle = Noise.step(0.66, 0.74, cells.noise().fractal(x / 3.5 + 70, y / 3.5, 2));
        double kind = cells.chance(cell, 5);
        if (kind < 0.3) {
            return mottled.mix(QUARTZ, 0.8 * speckle);
        }
        if (kind < 0.55) {
            double vein = Math.abs(across + warp - 15 - 0.2 * cells.size() * (cells.chance(cell, 6) - 0.5));
            return mottled.mix(QUARTZ, 0.85 * Noise.step(0.035 * cells.size() + 1.5, 0, vein));
        }
        if (kind < 0.75) {
            double bands = 0.5 + 0.5 * Math.sin((across + warp) / (0.03 * cells.size() + 1.2));
            return mottled.mix(mottled.times(0.62), bands);
        }
        return mottled.mix(SAND.times(0.5), 0.7 * speckle);
    }
}
