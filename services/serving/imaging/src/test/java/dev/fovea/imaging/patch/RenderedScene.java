package dev.fovea.imaging.patch;

import dev.fovea.imaging.Image;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/// Images drawn for the tests and the documentation.
final class RenderedScene {

    private static final long SEED = 25;

    private RenderedScene() {}

    /// Coloured shapes of many sizes and directions, always the same.
    static Image textured(int width, int height) {
        dev.fovea.imaging.OpenCv.load();
        Mat scene = new Mat(height, width, CvType.CV_8UC3, new Scalar(222, 214, 196));
        Random random = new Random(SEED);
        for (int i = 0; i < 160; i++) {
            Point centre = new Point(random.nextInt(width), random.nextInt(height));
            Scalar colour = new Scalar(random.nextInt(256), random.nextInt(256), random.nextInt(256));
            int size = 4 + random.nextInt(Math.max(6, height / 8));
            if (i % 3 == 0) {
                Imgproc.circle(scene, centre, size / 2, colour, -1, Imgproc.LINE_AA);
            } else {
                Imgproc.ellipse(
                        scene,
                        centre,
                        new org.opencv.core.Size(size, size / 3.0 + 1),
                        random.nextInt(360),
                        0,
                        360,
                        colour,
                        -1,
                        Imgproc.LINE_AA);
            }
        }
        return Image.owning(scene);
    }

    /// A bright Gaussian of standard deviation `sigma` on dark ground.
    static Image blob(int width, int height, int x, int y, double sigma) {
        return grey(width, height, (column, row) -> {
            double squared = Math.pow(column - x, 2) + Math.pow(row - y, 2);
            return (int) Math.round(30 + 200 * Math.exp(-squared / (2 * sigma * sigma)));
        });
    }

    static Image grey(int width, int height, IntBinaryOperator value) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) value.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return Image.fromRgb(width, height, rgb);
    }
}
