package dev.fovea.local.scene;

import java.util.stream.IntStream;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/// A flat surface with colour and a little height, painted layer by layer and then lit from the upper left.
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

    private final float[] colours = new float[3 * WIDTH * HEIGHT];
    private final float[] heights = new float[WIDTH * HEIGHT];

    void paint(Painter painter) {
        paint(0, 0, WIDTH, HEIGHT, painter);
    }

    /// Paints the part of a rectangle that lies on the surface.
    void paint(double left, double top, double right, double bottom, Painter painter) {
        int firstColumn = Math.clamp((long) Math.floor(left), 0, WIDTH);
        int endColumn = Math.clamp((long) Math.ceil(right), 0, WIDTH);
        int firstRow = Math.clamp((long) Math.floor(top), 0, HEIGHT);
        int endRow = Math.clamp((long) Math.ceil(bottom), 0, HEIGHT);
        IntStream.range(firstRow, endRow).parallel().forEach(row -> {
            for (int column = firstColumn; column < endColumn; column++) {
                int i = row * WIDTH + column;
                set(i, painter.paint(column, row, get(i)));
            }
        });
    }

    /// The surface as an image, BGR bytes. The caller releases it.
    Mat lit() {
        float[] hollows = hollows();
        byte[] pixels = new byte[3 * WIDTH * HEIGHT];
        IntStream.range(0, HEIGHT).parallel().forEach(row -> {
            for (int column = 0; column < WIDTH; column++) {
                int i = row * WIDTH + column;
                double light = light(column, row) * (1 - Math.clamp(0.06 * (hollows[i] - heights[i]), -0.1, 0.6));
                Colour colour = get(i).colour().times(light);
                pixels[3 * i] = toByte(colour.blue());
                pixels[3 * i + 1] = toByte(colour.green());
                pixels[3 * i + 2] = toByte(colour.red());
            }
        });
        Mat image = new Mat(HEIGHT, WIDTH, CvType.CV_8UC3);
        image.put(0, 0, pixels);
        return image;
    }

    /// Mean height around each place: what lies lower than its surroundings gets less light.
    private float[] hollows() {
        Mat mat = new Mat(HEIGHT, WIDTH, CvType.CV_32F);
        try {
            mat.put(0, 0, heights);
            Imgproc.GaussianBlur(mat, mat, new Size(0, 0), 9, 9, Core.BORDER_REPLICATE);
            float[] blurred = new float[WIDTH * HEIGHT];
            mat.get(0, 0, blurred);
            return blurred;
        } finally {
            mat.release();
        }
    }

    private double light(int column, int row) {
        double slopeX = (height(column + 1, row) - height(column - 1, row)) / 2;
        double slopeY = (height(column, row + 1) - height(column, row - 1)) / 2;
        double length = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
        double facing = (-slopeX * LIGHT_X - slopeY * LIGHT_Y + LIGHT_Z) / length;
        return AMBIENT + (1 - AMBIENT) * Math.max(0, facing);
    }

    private double height(int column, int row) {
        return heights[Math.clamp(row, 0, HEIGHT - 1) * WIDTH + Math.clamp(column, 0, WIDTH - 1)];
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
