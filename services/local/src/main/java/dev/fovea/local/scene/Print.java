package dev.fovea.local.scene;

/// What is printed on one sheet of paper.
///
/// @param kind which of the [#KINDS] layouts
record Print(Noise noise, Colour ink, Colour accent, int kind) {

    static final int KINDS = 6;

    private static final double LINE = 25;
    private static final double GLYPH = 15;

    /// @param u,v pixels from the upper left corner of the printed area
    Colour at(double u, double v, double width, double height, Colour paper) {
        if (u < 0 || v < 0 || u > width || v > height) {
            return paper;
        }
        double title = height * 0.17;
        if (v < title) {
            return glyphs(u, v, title, title * 0.62, 0, width, paper, accent);
        }
        double below = v - title;
        double rest = height - title;
        return switch (kind) {
            case 0 -> glyphs(u, below, LINE, GLYPH, 1, width, paper, ink);
            case 1 ->
                below < rest / 2
                        ? halftone(u - width / 2, below - rest / 4, rest / 4, paper)
                        : glyphs(u, below - rest / 2, LINE, GLYPH, 2, width, paper, ink);
            case 2 -> contours(u, below, paper);
            case 3 -> bars(u / width, 1 - below / rest, paper);
            case 4 -> rings(u - width / 2, below - rest / 2, Math.min(width, rest) / 2, paper);
            default ->
                u < width * 0.45
                        ? triangles(u, below, paper)
                        : glyphs(u - width * 0.48, below, LINE * 0.8, GLYPH * 0.8, 3, width * 0.52, paper, ink);
        };
    }

    /// Strokes that letters are made of, each from (x, y) to (x, y) in a box 2 wide and 3 high.
    private static final double[][] STROKES = {
        {0, 0, 0, 3}, {2, 0, 2, 3}, {1, 0, 1, 3}, {0, 0, 2, 0}, {0, 3, 2, 3}, {0, 1.5, 2, 1.5},
        {0, 0, 2, 3}, {2, 0, 0, 3}, {0, 1.5, 2, 0}, {0, 1.5, 2, 3}, {2, 1.5, 2, 3}, {0, 0, 0, 1.5},
    };

    /// Lines of invented letters, three strokes each; 26 letters a script.
    private Colour glyphs(
            double u, double v, double pitch, double size, int use, double width, Colour paper, Colour colour) {
        long row = (long) Math.floor(v / pitch);
        long column = (long) Math.floor(u / (size * 0.9));
        boolean space = noise.cell(column, row, 20 + use) < 0.16;
        boolean lineEnd = u > width * (0.72 + 0.3 * noise.cell(0, row, 30 + use));
        double x = (u - column * size * 0.9) / (size * 0.6) * 2 - 0.3;
        double y = (v - row * pitch) / size * 3 - 0.35;
        if (space || lineEnd || x > 2.5 || y > 3.5) {
            return paper;
        }
        long letter = (long) (noise.cell(column, row, 40 + use) * 26);
        double nearest = 9;
        for (int stroke = 0; stroke < 3; stroke++) {
            double[] line = STROKES[(int) (noise.cell(letter, stroke, 50) * STROKES.length)];
            nearest = Math.min(nearest, toSegment(x, y, line[0], line[1], line[2], line[3]));
        }
        double pixel = 3 / size;
        return paper.mix(colour, 0.92 * Noise.step(0.3 + pixel / 2, 0.3 - pixel / 2, nearest));
    }

    private static double toSegment(double x, double y, double fromX, double fromY, double toX, double toY) {
        double dx = toX - fromX;
        double dy = toY - fromY;
        double length = dx * dx + dy * dy;
        double t = length == 0 ? 0 : Math.clamp(((x - fromX) * dx + (y - fromY) * dy) / length, 0, 1);
        return Math.hypot(x - fromX - t * dx, y - fromY - t * dy);
    }

    private Colour halftone(double u, double v, double radius, Colour paper) {
        if (Math.hypot(u, v) > radius) {
            return paper;
        }
        double x = (u + v) / 13;
        double y = (u - v) / 13;
        double tone = noise.fractal(Math.round(x) / 7.0 + 5, Math.round(y) / 7.0, 3);
        double dot = Math.hypot(x - Math.round(x), y - Math.round(y));
        return paper.mix(ink, 0.95 * Noise.step(0.05, -0.05, dot - 0.9 * tone + 0.06));
    }

    private Colour contours(double u, double v, Colour paper) {
        double height = noise.fractal(u / 110, v / 110, 4) * 16;
        double line = Math.abs(height - Math.round(height));
        boolean bold = Math.floorMod(Math.round(height), 4) == 0;
        Colour ground = paper.mix(Colour.of(0x9cc3a5), 0.8 * Noise.step(7.4, 8.2, height))
                .mix(Colour.of(0x9ec6de), 0.9 * Noise.step(6.1, 5.9, height));
        return ground.mix(bold ? ink : accent, Noise.step(bold ? 0.17 : 0.1, bold ? 0.08 : 0.03, line));
    }

    private Colour bars(double u, double v, Colour paper) {
        long column = (long) Math.floor(u * 9);
        double within = u * 9 - column;
        double top = 0.15 + 0.8 * noise.cell(column, 0, 60);
        if (within < 0.18 || within > 0.86 || v > top) {
            double grid = Math.abs(v * 8 - Math.round(v * 8));
            return paper.mix(ink, 0.5 * Noise.step(0.05, 0.02, grid));
        }
        Colour bar = column % 2 == 0 ? ink : accent;
        boolean hatched = noise.cell(column, 0, 61) < 0.4;
        double hatch = (u * 60 + v * 40) % 2;
        return hatched && hatch < 1 ? paper : bar;
    }

    private Colour rings(double u, double v, double radius, Colour paper) {
        double distance = Math.hypot(u, v) / radius;
        double sector = Math.floor((Math.atan2(v, u) / (2 * Math.PI) + 0.5) * 12);
        long ring = (long) Math.floor(distance * 6);
        if (distance > 0.98) {
            return paper;
        }
        double chance = noise.cell((long) sector, ring, 70);
        return chance < 0.36 ? ink : chance < 0.6 ? accent : chance < 0.7 ? accent.mix(paper, 0.5) : paper;
    }

    private Colour triangles(double u, double v, Colour paper) {
        long column = (long) Math.floor(u / 34);
        long row = (long) Math.floor(v / 34);
        double x = u / 34 - column;
        double y = v / 34 - row;
        boolean falling = noise.cell(column, row, 80) < 0.5;
        boolean upper = falling ? y < x : y < 1 - x;
        double chance = noise.cell(column, row, upper ? 81 : 82);
        return chance < 0.34 ? ink : chance < 0.62 ? accent : paper;
    }
}
