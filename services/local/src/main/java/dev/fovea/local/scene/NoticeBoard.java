package dev.fovea.local.scene;

/// A cork board full of pinned papers: text in an unknown script, charts, halftones, maps, stripes.
final class NoticeBoard {

    private static final int PAPERS = 64;

    private static final Colour[] PAPER =
            Colour.palette(0xf4efe3, 0xece3cf, 0xf6f3ee, 0xe9d9a8, 0xd9e3e6, 0xe8c9b5, 0xcfdcc4, 0xf2e2c0, 0xdfd3e2);
    private static final Colour[] INK =
            Colour.palette(0x1c1c22, 0x24304a, 0x7a1f22, 0x1f4d3a, 0x3a2a1a, 0x5a2a5e, 0x0e4a63);
    private static final Colour[] PIN = Colour.palette(0xc8202a, 0x1f66b0, 0xe3b21c, 0x2f8f4e, 0xe9e6df);
    private static final Colour CORK = Colour.of(0xb58352);
    private static final double PIN_RADIUS = 11;

    private final Noise noise;

    private NoticeBoard(long seed) {
        noise = new Noise(seed);
    }

    static void paint(Relief relief, long seed) {
        NoticeBoard board = new NoticeBoard(seed);
        relief.paint(board::cork);
        for (int number = 0; number < PAPERS; number++) {
            Sheet sheet = board.sheet(number);
            double reach = Math.hypot(sheet.width, sheet.height) / 2 + 24;
            relief.paint(sheet.x - reach, sheet.y - reach, sheet.x + reach, sheet.y + reach, board.painter(sheet));
        }
    }

    private Texel cork(double x, double y, Texel below) {
        double crumbs = noise.fractal(x / 8, y / 8, 4);
        double dark = Noise.step(0.6, 0.68, noise.fractal(x / 11 + 80, y / 11, 3));
        return new Texel(CORK.times(0.55 + 0.75 * crumbs).mix(Colour.of(0x5a3a20), 0.75 * dark), 4 * crumbs);
    }

    /// @param turn radians
    private record Sheet(
            int number, double x, double y, double width, double height, double turn, Colour paper, Print print) {}

    private Sheet sheet(int number) {
        // A shuffled lattice keeps the sheets from leaving large holes.
        int place = (number * 29) % PAPERS;
        double tall = noise.cell(number, 2, 2);
        double size = 330 + 130 * noise.cell(number, 2, 3);
        Noise own = noise.fork(number);
        Colour ink = Colour.pick(INK, noise.cell(number, 2, 7));
        Colour accent = Colour.pick(INK, noise.cell(number, 2, 8)).mix(Colour.of(0xff7a3c), 0.55);
        return new Sheet(
                number,
                (place % 8 + noise.cell(number, 2, 0)) * Relief.WIDTH / 8.0,
                (Math.floorDiv(place, 8) + noise.cell(number, 2, 1)) * Relief.HEIGHT / 8.0,
                size * (0.72 + 0.35 * tall),
                size * (1.1 - 0.35 * tall),
                0.5 * (noise.cell(number, 2, 4) - 0.5),
                Colour.pick(PAPER, noise.cell(number, 2, 5)),
                new Print(own, ink, accent, (int) (noise.cell(number, 2, 6) * Print.KINDS)));
    }

    private Painter painter(Sheet sheet) {
        double cos = Math.cos(sheet.turn);
        double sin = Math.sin(sheet.turn);
        return (x, y, below) -> {
            double dx = x - sheet.x;
            double dy = y - sheet.y;
            double u = dx * cos + dy * sin + sheet.width / 2;
            double v = dy * cos - dx * sin + sheet.height / 2;
            Texel ground = below.darkened(1 - 0.5 * Noise.step(-10, 8, inside(sheet, u - 7, v - 9)));
            double inside = inside(sheet, u, v);
            if (inside < -2) {
                return ground;
            }
            Texel surface = ground.covered(page(sheet, u, v), Noise.step(-0.8, 0.8, inside));
            return pin(sheet, u - sheet.width / 2, v - 22, surface);
        };
    }

    private static double inside(Sheet sheet, double u, double v) {
        return Math.min(Math.min(u, sheet.width - u), Math.min(v, sheet.height - v));
    }

    private Texel page(Sheet sheet, double u, double v) {
        Noise own = sheet.print.noise();
        double fibre = own.fractal(u / 5, v / 5, 3);
        Colour paper = sheet.paper.times(0.9 + 0.14 * fibre);
        double stain = Noise.step(0.66, 0.74, own.fractal(u / 70, v / 70, 4));
        Colour printed = sheet.print.at(u - 26, v - 44, sheet.width - 52, sheet.height - 70, paper);
        double crease = 4 * own.fractal(u / 90, v / 90, 3) + fibre;
        double curl = 6 * Noise.step(0.75 * sheet.height, sheet.height, v);
        return new Texel(printed.mix(Colour.of(0x9a7b4a), 0.3 * stain), 5 + crease + curl);
    }

    private static Texel pin(Sheet sheet, double u, double v, Texel below) {
        double shade = PIN_RADIUS - Math.hypot(u - 5, v - 6);
        Texel ground = below.darkened(1 - 0.5 * Noise.step(-3, 3, shade));
        double inside = PIN_RADIUS - Math.hypot(u, v);
        double gleam = Noise.step(5, 2, Math.hypot(u + 3.5, v + 3.5));
        Colour head = Colour.pick(PIN, sheet.print.noise().cell(3, 3, 3)).mix(Colour.of(0xffffff), 0.8 * gleam);
        double dome = 12 * Math.sqrt(Math.max(0, inside / PIN_RADIUS));
        return ground.covered(new Texel(head, 8 + dome), Noise.step(-0.8, 0.8, inside));
    }
}
