package dev.fovea.local.scene;

/// A plane cut into irregular cells, one around each jittered lattice point.
///
/// Source: Worley 1996, "A cellular texture basis function".
final class Cells {

    /// Lattice points kept outside the surface on each side.
    private static final int MARGIN = 4;

    private final Noise noise;
    private final double size;
    private final int columns;
    private final double[] centresX;
    private final double[] centresY;

    /// @param size mean distance of two centres, texture pixels
    /// @param jitter 0 for a regular lattice, 1 for centres anywhere in their square
    Cells(Noise noise, double size, double jitter) {
        this.noise = noise;
        this.size = size;
        columns = (int) (Relief.WIDTH / size) + 2 * MARGIN;
        int rows = (int) (Relief.HEIGHT / size) + 2 * MARGIN;
        centresX = new double[columns * rows];
        centresY = new double[columns * rows];
        for (int i = 0; i < columns * rows; i++) {
            centresX[i] = (i % columns - MARGIN + 0.5 + jitter * (noise.cell(i, 0, 1) - 0.5)) * size;
            centresY[i] = (i / columns - MARGIN + 0.5 + jitter * (noise.cell(i, 0, 2) - 0.5)) * size;
        }
    }

    record Cell(int index, double centreX, double centreY) {}

    Noise noise() {
        return noise;
    }

    double size() {
        return size;
    }

    Cell at(double x, double y) {
        int middle = lattice(x, y);
        int nearest = middle;
        double shortest = Double.MAX_VALUE;
        for (int r = -2; r <= 2; r++) {
            for (int i = middle + r * columns - 2; i <= middle + r * columns + 2; i++) {
                double dx = centresX[i] - x;
                double dy = centresY[i] - y;
                double distance = dx * dx + dy * dy;
                if (distance < shortest) {
                    shortest = distance;
                    nearest = i;
                }
            }
        }
        return new Cell(nearest, centresX[nearest], centresY[nearest]);
    }

    /// A random number of the cell; `channel` tells several of one cell apart.
    double chance(Cell cell, int channel) {
        return noise.cell(cell.index, 0, 16 + channel);
    }

    /// Distance from a place in the cell to the cell's edge, texture pixels.
    ///
    /// @param rounding radius to which corners are smoothed, texture pixels, > 0
    double border(Cell cell, double x, double y, double rounding) {
        double sum = 0;
        for (int r = -2; r <= 2; r++) {
            for (int i = cell.index + r * columns - 2; i <= cell.index + r * columns + 2; i++) {
                if (i != cell.index && i >= 0 && i < centresX.length) {
                    double distance = toBisector(cell, i, x, y);
                    sum += distance < 12 * rounding ? Math.exp(-distance / rounding) : 0;
                }
            }
        }
        return sum == 0 ? 12 * rounding : -rounding * Math.log(sum);
    }

    private double toBisector(Cell cell, int other, double x, double y) {
        double nx = centresX[other] - cell.centreX;
        double ny = centresY[other] - cell.centreY;
        double length = Math.sqrt(nx * nx + ny * ny);
        return length / 2 - ((x - cell.centreX) * nx + (y - cell.centreY) * ny) / length;
    }

    private int lattice(double x, double y) {
        int column = (int) Math.floor(x / size) + MARGIN;
        int row = (int) Math.floor(y / size) + MARGIN;
        return row * columns + column;
    }
}
