package dev.fovea.imaging.explain;

import dev.fovea.imaging.ImageSize;
import dev.fovea.imaging.preprocess.InputFrame;

/// A map laid over a canvas: bilinear between the centres of its cells, 0 to 1. Immutable: any thread.
final class HeatLayer {

    private final float[] values;
    private final int mapColumns;
    private final Axis columns;
    private final Axis rows;

    /// @param frame where the input lies in the image
    /// @param input size of the input, which the map covers
    /// @param scale of the canvas the layer is for
    HeatLayer(ScalarMap map, InputFrame frame, ImageSize input, CanvasScale scale) {
        this.values = map.normalized();
        this.mapColumns = map.columns();
        InputFrame.Shown shown = frame.shown();
        this.columns = new Axis(scale.canvas().widthPx(), map.columns(), pixel -> {
            double x = scale.imageX(pixel);
            boolean outside = x < shown.left() || x > shown.right();
            return outside ? Double.NaN : map.column(frame.inputX(x), input.widthPx());
        });
        this.rows = new Axis(scale.canvas().heightPx(), map.rows(), pixel -> {
            double y = scale.imageY(pixel);
            boolean outside = y < shown.top() || y > shown.bottom();
            return outside ? Double.NaN : map.row(frame.inputY(y), input.heightPx());
        });
    }

    /// Changes every pixel of the canvas: `heat` where the input shows it, `darkened` elsewhere.
    ///
    /// @param rgb of the canvas, rows of R, G, B
    void draw(byte[] rgb, HeatColours heat) {
        float[] line = new float[mapColumns];
        for (int y = 0; y < rows.length(); y++) {
            for (int column = 0; column < mapColumns; column++) {
                float upper = values[rows.cell(y) * mapColumns + column];
                float lower = values[rows.nextCell(y) * mapColumns + column];
                line[column] = upper + rows.fraction(y) * (lower - upper);
            }
            for (int x = 0; x < columns.length(); x++) {
                int at = 3 * (y * columns.length() + x);
                if (rows.shows(y) && columns.shows(x)) {
                    float left = line[columns.cell(x)];
                    float right = line[columns.nextCell(x)];
                    heat.colour(rgb, at, left + columns.fraction(x) * (right - left));
                } else {
                    HeatColours.darken(rgb, at);
                }
            }
        }
    }
}
