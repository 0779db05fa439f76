package dev.fovea.local.scene;

import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// A flat surface with colour and a little height, painted layer by layer and then lit from the upper left.
///
/// Places are texels whatever the pitch is: a surface that is only looked at from afar need not be painted at all of
/// them.
///
/// One thread at a time may call it; painting spreads over the processors inside.
final class Relief {

    static final int WIDTH = 2400;
    static final int HEIGHT = 1800;

    /// Of the light: it comes from the left, from above and mostly from the front.
    private static final double LIGHT_X = -0.45;

    private static final double LIGHT_Y = -0.6;
    private static final double LIGHT_Z = 1.0;
    private static final double AMBIENT = 0.32;

    private static final double HOLLOW = 9;

    private final int pitch;
    private final int columns;
    private final int rows;
    private final float[] colours;
    private final float[] heights;

    /// @param pitch distance of two painted places, texels
    Relief(int pitch) {
        this.pitch = pitch;
        this.columns = WIDTH / pitch;
        this.rows = HEIGHT / pitch;
        this.colours = new float[3 * columns * rows];
        this.heights = new float[columns * rows];
    }

    void paint(Painter painter) {
        paint(0, 0, WIDTH, HEIGHT, painter);
    }

    /// Paints the part of a rectangle that lies on the surface.
    void paint(double left, double top, double right, double bottom, Painter painter) {
        int firstColumn = place(Math.floor(left), columns);
        int endColumn = place(Math.ceil(right), columns);
        int firstRow = place(Math.floor(top), rows);
        int endRow = place(Math.ceil(bottom), rows);
        IntStream.range(firstRow, endRow).parallel().forEach(row -> {
            for (int column = firstColumn; column < endColumn; column++) {
                int i = row * columns + column;
                set(i, painter.paint((double) column * pitch, (double) row * pitch, get(i)));
            }
        });
    }

    private int place(double texel, int places) {
        return Math.clamp((long) Math.ceil(texel / pitch), 0, places);
    }

    /// The surface as an image, BGR bytes, a pixel for every painted place. The caller releases it.
    Mat lit() {
        float[] hollows = hollows();
        byte[] pixels = new byte[3 * columns * rows];
        IntStream.range(0, rows).parallel().forEach(row -> {
            for (int column = 0; column < columns; column++) {
                int i = row * columns + column;
                double light = light(column, row) * (1 - Math.clamp(0.06 * (hollows[i] - heights[i]), -0.1, 0.6));
                Colour colour = get(i).colour().times(light);
                pixels[3 * i] = toByte(colour.blue());
                pixels[3 * i + 1] = toByte(colour.green());
                pixels[3 * i + 2] = toByte(colour.red());
            }
        });
        Mat image = new Mat(rows, columns, CvType.CV_8UC3);
        image.put(0, 0, pixels);
        return image;
    }

    /// Mean height around each place: what lies lower than its surroundings gets less light.
    private float[] hollows() {
        double sigma = HOLLOW / pitch;
        Mat mat = new Mat(rows, columns, CvType.CV_32F);
        try {
            mat.put(0, 0, heights);
            Imgproc.GaussianBlur(mat, mat, new Size(0, 0), sigma, sigma, Core.BORDER_REPLICATE);
            float[] blurred = new float[columns * rows];
            mat.get(0, 0, blurred);
            return blurred;
        } finally {
            mat.release();
        }
    }

    private double light(int column, int row) {
        double slopeX = (height(column + 1, row) - height(column - 1, row)) / (2.0 * pitch);
        double slopeY = (height(column, row + 1) - height(column, row - 1)) / (2.0 * pitch);
        double length = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
        double facing = (-slopeX * LIGHT_X - slopeY * LIGHT_Y + LIGHT_Z) / length;
        return AMBIENT + (1 - AMBIENT) * Math.max(0, facing);
    }

    private double height(int column, int row) {
        return heights[Math.clamp(row, 0, rows - 1) * columns + Math.clamp(column, 0, columns - 1)];
    }

    private Texel get(int i) {
        return new Texel(new Colour(colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]), heights[i]);
    }

    private void set(int i, Texel texel) {
        colours[3 * i] = texel.colour().red();
        colours[3 * i + 1] = texel.colour().green();
        colours[3 * i + 2] = texel.colour().blue();
        heights[i] = (float) texel.height();
    }

    private static byte toByte(float value) {
        return (byte) Math.round(255 * Math.clamp(value, 0f, 1f));
    }
}
